// The engine's version, as records and `--version` show it.

export const ENGINE_VERSION = '0.1.0';
