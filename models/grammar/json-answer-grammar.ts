/** GBNF grammars of JSON answers, some of whose texts are join-free SQL. */
import type { GrammarSchema } from './grammar-schema.js'
import { joinFreeGrammar } from './join-free-grammar.js'

/** A character that stands for itself in a text of JSON. */
const plainCharacter = String.raw`[^"\\\x00-\x1f\x7f]`
/** In characters. Every repetition has an end, so that every answer has one. */
const longestQuestion = 160
const longestAnswer = 400

/** `{"pairs": [{"question": "…", "sql": "…"}]}`, with one to `count` pairs. Throws a RangeError without a column. */
export function sqlPairsGrammar(schema: GrammarSchema, count: number): string {
  return `${pairsRules('sql', count)}${sqlRules(schema)}`
}

/** The same with an `answer` in words instead of `sql`. */
export function answerPairsGrammar(count: number): string {
  const words = `words ::= [A-Z] ${plainCharacter}{20,${longestAnswer}} "."`
  return `${pairsRules('answer', count)}${words}\n`
}

/** `{"score": 0 to 10, "remark": "…", "repair": "…"}`; the repair is SQL where a schema is given, else words, or empty. */
export function verdictGrammar(schema: GrammarSchema | undefined): string {
  const repair = schema ? 'sql' : `${plainCharacter}{1,${longestAnswer}}`
  return `root ::= "{\\"score\\": " ("10" | [0-9]) ", \\"remark\\": \\"" ${plainCharacter}{0,${longestQuestion}} "\\", \\"repair\\": \\"" (${repair})? "\\"}"
${schema ? sqlRules(schema) : ''}`
}

function pairsRules(kind: 'sql' | 'answer', count: number): string {
  const second = kind === 'sql' ? 'sql' : 'words'
  return `root ::= "{\\"pairs\\": [" pair (", " pair){0,${count - 1}} "]}"
pair ::= "{\\"question\\": \\"" question "\\", \\"${kind}\\": \\"" ${second} "\\"}"
question ::= [A-Z] ${plainCharacter}{8,${longestQuestion}} [.?]
`
}

function sqlRules(schema: GrammarSchema): string {
  const whole = joinFreeGrammar(schema).replace(
    /^root ::= .*$/m,
    'sql ::= query | derived | best-in-each',
  )
  return inJsonText(whole)
}

/** Quotes and backslashes that the rules spell become what JSON writes for them; free text has none. */
function inJsonText(grammar: string): string {
  return grammar.replaceAll(/\[(?:[^\]\\]|\\.)*\]|"(?:[^"\\]|\\.)*"/g, (part) =>
    part.startsWith('[^')
      ? `[^"\\\\${part.slice(2)}`
      : part.startsWith('[')
        ? part
        : part.replaceAll(/\\["\\]/g, (escaped) => `\\\\${escaped}`),
  )
}
