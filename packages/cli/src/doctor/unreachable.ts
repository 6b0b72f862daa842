/** What an error of a certificate that isn't trusted is called, in Node. */
const UNTRUSTED =
  /SELF_SIGNED_CERT|UNABLE_TO_VERIFY_LEAF_SIGNATURE|UNABLE_TO_GET_ISSUER_CERT|CERT_UNTRUSTED|CERT_HAS_EXPIRED|CERT_NOT_YET_VALID|ERR_TLS_CERT_ALTNAME_INVALID/;

const PROXIES = ["HTTPS_PROXY", "HTTP_PROXY", "https_proxy", "http_proxy"];

/** What to do about a server that isn't reached, by what the connection ended in. */
export function adviceFor(error: unknown, baseUrl: string, env = process.env): string {
  const codes = codesOf(error);
  if (UNTRUSTED.test(codes)) return ofCertificate(codes);
  const proxy = PROXIES.filter((name) => env[name]);
  const by = proxy.length === 0 ? "" : ` It goes through a proxy: ${proxy.join(", ")} is set.`;
  const other = otherScheme(codes, baseUrl);
  const scheme = other === undefined ? "" : ` Perhaps the server speaks the other scheme: ${other}`;
  return `Check the address, and that this machine may reach it.${by}${scheme}`;
}

function ofCertificate(codes: string): string {
  if (/EXPIRED|NOT_YET/.test(codes)) {
    return "It answers, and its certificate isn't valid now: check this machine's clock, or have the certificate renewed.";
  }
  if (/ALTNAME/.test(codes)) return "It answers, with a certificate for another name: check the address.";
  return "It answers, with a certificate that Node doesn't trust: set NODE_EXTRA_CA_CERTS to a PEM file of whoever signed it.";
}

/** A server that takes TLS for rubbish, or that hangs up on plain text. */
function otherScheme(codes: string, baseUrl: string): string | undefined {
  if (baseUrl.startsWith("https:") && /EPROTO|ERR_SSL_|HPE_/.test(codes)) {
    return baseUrl.replace("https:", "http:");
  }
  const isHungUp = baseUrl.startsWith("http:") && /UND_ERR_SOCKET|ECONNRESET|HPE_/.test(codes);
  return isHungUp ? baseUrl.replace("http:", "https:") : undefined;
}

/** The codes of an error and of what caused it. */
function codesOf(error: unknown): string {
  const codes: string[] = [];
  for (let at = error, deep = 0; at instanceof Error && deep < 8; at = at.cause, deep++) {
    codes.push(String((at as NodeJS.ErrnoException).code ?? ""));
    if (at instanceof AggregateError) codes.push(...at.errors.map((each) => String(each?.code ?? "")));
  }
  return codes.join(" ");
}
