/** Keeps questions from a service that traces runs of LangChain, which is switched on by the environment alone. */

/** LangChain sends traces of every run to a remote service when these are set for some other program. */
export function refuseTracing(variables: NodeJS.ProcessEnv): void {
  for (const name of [
    'LANGSMITH_TRACING',
    'LANGSMITH_TRACING_V2',
    'LANGCHAIN_TRACING',
    'LANGCHAIN_TRACING_V2',
  ]) {
    delete variables[name]
  }
}
