export * from "@lazyruns/core";
export * from "@lazyruns/dataframes";
