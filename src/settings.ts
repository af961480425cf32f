/** The names of the settings, and what each does; `config.ts` reads them. */

/** Each setting with what it does; the README's table is checked against this. */
export const settings = {
  PARLEY_HOME: 'Folder for weights, indexes, imports and conversations. Default: ~/.parley',
  PARLEY_STORE:
    'A PostgreSQL database that replicas of serve share, postgres://user:password@host/database. Default: files in PARLEY_HOME',
  PARLEY_SOURCE: 'What to ask about when no source is given on the command line.',
  PARLEY_ALLOW_WRITER:
    'Set to 1 to ask a database server as a role that may change data; queries stay read-only.',
  PARLEY_HOST: 'Address that serve listens on. Default: 127.0.0.1',
  PARLEY_PORT: 'Port that serve listens on. Default: 4180',
  PARLEY_KEYS:
    'Who needs an API key: auto (everybody, unless serve listens on loopback), always or never. Default: auto',
  PARLEY_POLICIES:
    'A file of row policies, YAML or JSON: which rows each user may see. Default: everybody may see all',
  PARLEY_ALLOWED_HOSTS:
    'Further host names, with commas between them, under which serve may be reached.',
  PARLEY_ALLOWED_ORIGINS:
    'Origins such as https://intranet.example, with commas between them, whose pages may call serve. Default: none',
  PARLEY_RATE_LIMIT:
    'Requests a second from one key or address, averaged over five seconds. Default: 50',
  PARLEY_MAX_CONNECTIONS: 'Connections to serve at once. Default: 2048',
  PARLEY_MAX_QUESTIONS:
    'Questions that serve works on at once, half of them for one key. Default: 32',
  PARLEY_MODEL_QUEUE:
    'Questions that may wait for the model, half of them for one key. Default: 16',
  PARLEY_MODEL_WAIT: 'Seconds that serve lets a question wait for the model. Default: 30',
  PARLEY_MODEL_TIME: 'Seconds that serve gives the model for one try. Default: 60',
  PARLEY_GATE_TIME: 'Seconds that serve gives the check of SQL. Default: 0.5',
  PARLEY_QUERY_TIME: 'Seconds that serve gives a query. Default: 5',
  PARLEY_REQUEST_TIME: 'Seconds that serve gives a question in all. Default: 120',
  PARLEY_UPLOAD: 'Megabytes that the files of one upload to serve may have. Default: 1000',
  PARLEY_RESULTS:
    'Megabytes of results that serve keeps, in memory or, with the other replicas, in PARLEY_STORE, for the same SQL on the same file; 0 keeps none. Default: 64',
  PARLEY_MODEL: 'A GGUF file to use as the local model instead of the default one.',
  PARLEY_ADAPTER: 'Name of the LoRA adapter to use; "none" for the base model alone.',
  PARLEY_GENERATOR:
    'Generator used unless a question names one: auto, rules, local, scratch, openai, custom, ollama or lmstudio. Default: auto',
  PARLEY_COMPARE:
    'A second generator and its share of conversations that name none, to compare the two: openai:0.2. Default: none',
  PARLEY_REMOTE_DATA:
    'What models on other machines are told: schema-only (names, types and keys, never a stored value) or values. Default: schema-only',
  PARLEY_OPENAI_URL:
    'A server that speaks the API of OpenAI, such as http://127.0.0.1:8080/v1; several with the same model, with commas between them, share its work. Default: that of OpenAI, once there is a key',
  PARLEY_OPENAI_MODEL: 'The model to ask for there.',
  PARLEY_OPENAI_KEY: 'The key for that server, where it wants one.',
  PARLEY_OPENAI_PRICES:
    'What a million tokens of prompts and of answers cost there, by the beginning of a name of a model: gpt-5-mini=0.25/2,ft:=0.8/3.2',
  PARLEY_OPENAI_DAILY_MONEY:
    'Most that each generator there may cost a day (UTC), in the currency of the prices.',
  PARLEY_OPENAI_DAILY_TOKENS:
    'Most tokens, read and written, that each generator there may use a day (UTC).',
  PARLEY_OLLAMA_URL:
    'Where Ollama listens; off asks for none. Default: http://127.0.0.1:11434, when somebody looks or asks',
  PARLEY_OLLAMA_MODEL:
    'The model to ask for there. Default: the one that was chosen, else one for code, else the first',
  PARLEY_LMSTUDIO_URL:
    'Where LM Studio listens; off asks for none. Default: http://127.0.0.1:1234, when somebody looks or asks',
  PARLEY_LMSTUDIO_MODEL: 'The model to ask for there. Default: as with Ollama',
  PARLEY_AS_OF:
    'Date (YYYY-MM-DD) that "last month" counts from. Default: the newest date in the data.',
  PARLEY_PYTHON:
    'A Python with the packages of the training job, instead of one that Parley prepares.',
  PARLEY_OFFLINE: 'Set to 1 to fetch no weights.',
  PARLEY_LOG_LEVEL: 'error, warn, info or debug. Default: info',
  PARLEY_AUDIT:
    'What serve writes into its audit log: full, redacted (no questions, no values in SQL) or off. Default: full',
  OTEL_EXPORTER_OTLP_ENDPOINT:
    'A collector of OpenTelemetry, such as http://127.0.0.1:4318, that serve sends traces to. Default: none are sent',
  CHROMA_URL: 'An existing Chroma server; unset, Parley starts its own on loopback.',
  NO_COLOR: 'Set to anything for output without colours.',
} as const
