/** What a model that calls tools is told of asking, whatever the door. */
export const askDescription =
  'Answers a question in plain words from a database: writes one read-only SQL query, runs it, and tells the result with the SQL that it came from. ' +
  'Use it for totals, rankings, trends, comparisons and lists. Ask for one thing at a time, in English, and name periods ("in 2025") and groups ("by region") as a person would. ' +
  'Pass the conversation_id of an answer to ask a follow-up ("and by month?"). If the answer asks back, ask again in that conversation with one of its choices.'
