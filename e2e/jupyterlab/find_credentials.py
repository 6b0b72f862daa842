"""Finds credentials in each of some surroundings, as the server extension does: JSON lines in, JSON lines out."""

import json
import sys

from jupyterlab_lazyruns.app_url import page_url
from jupyterlab_lazyruns.credentials import Surroundings, find_credentials
from jupyterlab_lazyruns.errors import NotConfigured

for line in sys.stdin:
    case = json.loads(line)
    try:
        found = find_credentials(Surroundings(**case))
    except NotConfigured:
        answer = None
    else:
        page = page_url(found.base_url, case["env"], "a b", "c/d?é(!*')~", "workspace")
        answer = {"baseUrl": found.base_url, "apiKey": found.api_key, "page": page}
    print(json.dumps(answer))
