/** Where questions are asked: addresses whose work is bounded, queued and written down as a question's. */

export const chatPath = '/api/v1/chat'
export const runSqlPath = '/api/v1/run_sql'
export const completionsPath = '/v1/chat/completions'

/** Where clients of MCP ask, and say other things besides. */
export const mcpPath = '/mcp'

export const questionPaths: readonly string[] = [chatPath, runSqlPath, completionsPath]
