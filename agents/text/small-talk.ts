/** Short, honest replies to greetings and questions about Parley itself. */

const replies: readonly (readonly [RegExp, (source: string) => string])[] = [
  [
    /\b(thanks?|thank you|thx|cheers|great|nice|cool|awesome|perfect|well done|good job)\b/i,
    () => 'You are welcome.',
  ],
  [/\b(bye|goodbye|see you)\b/i, () => 'Goodbye.'],
  [
    /\b(who|what) are you|your name|bot|robot|human|who made you/i,
    (source) =>
      `I am Parley. I turn questions about ${source} into SQL, run it on this machine and show how I got there.`,
  ],
  [
    /\b(help|what can you do|how do you work|how does this work)\b/i,
    (source) =>
      `Ask about ${source} in plain words: totals, counts, rankings, trends over time, comparisons of periods, or lists with conditions. Every answer shows its SQL.`,
  ],
]

export function smallTalk(message: string, source: string): string {
  const match = replies.find(([pattern]) => pattern.test(message))
  return match ? match[1](source) : `Hello. Ask me anything about ${source}.`
}
