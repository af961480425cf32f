/** What a model would write that knows one shop: pairs that differ from answer to answer, as the prompt wants them. */
import type { ChatBody, ServerAnswer } from './openai-server.js'

/** People whose names, addresses and keys no model may learn; the segments are nobody's secret. */
export const shopTables = [
  'CREATE TABLE customers (customer_id INTEGER PRIMARY KEY, customer_name TEXT, email TEXT, segment TEXT)',
  "INSERT INTO customers VALUES (1, 'Zora Quill', 'zora.quill@mail.test', 'private'), (2, 'Yann Prask', 'y.prask@post.test', 'wholesale'), (3, 'Ulla Ferren', 'ulla@ferren.test', 'private')",
  'CREATE TABLE orders (order_id INTEGER PRIMARY KEY, customer_id INTEGER REFERENCES customers (customer_id), ordered_on DATE, amount INTEGER)',
  ...Array.from(
    { length: 40 },
    (_, at) =>
      `INSERT INTO orders VALUES (${at + 1}, ${(at % 3) + 1}, '2024-0${(at % 9) + 1}-11', ${31_337 + at * 10})`,
  ),
]
/** Stored in marked columns. */
export const marked = ['Zora', 'Quill', 'Yann', 'Prask', 'Ulla', 'Ferren', 'mail.test', 'post.test']
/** Stored in columns that are not. */
export const unmarked = ['private', 'wholesale', '31337', '31347', '2024']

export function promptOf({ messages }: ChatBody): string {
  return messages.map(({ content }) => content).join('\n')
}

export function isCritic(body: ChatBody): boolean {
  return promptOf(body).startsWith('You check')
}

/** Two pairs for each request; `number` makes them others. */
export function writePairs(body: ChatBody, number: number): string {
  const prompt = promptOf(body)
  const bounds = [number * 2, number * 2 + 1]
  return JSON.stringify({ pairs: bounds.map((bound) => pairFor(prompt, bound)) })
}

export const writeAll = (body: ChatBody, number: number): ServerAnswer => writePairs(body, number)

function pairFor(prompt: string, bound: number) {
  if (prompt.startsWith('You explain')) {
    const table = prompt.includes('table orders') ? 'orders' : 'customers'
    return { question: `What is column ${bound} of it?`, answer: `It stands in ${table}.` }
  }
  if (prompt.includes('table orders') && prompt.includes('table customers')) {
    return {
      question: `Which segments have orders over ${bound}?`,
      sql: `SELECT DISTINCT c.segment FROM customers AS c JOIN orders AS o ON o.customer_id = c.customer_id WHERE o.amount > ${bound};`,
    }
  }
  return prompt.includes('table orders')
    ? {
        question: `How many orders are over ${bound}?`,
        sql: `SELECT COUNT(*) FROM orders WHERE orders.amount > ${bound}`,
      }
    : {
        question: `How many customers have a number over ${-bound}?`,
        sql: `SELECT COUNT(*) FROM customers WHERE customers.customer_id > -${bound}`,
      }
}
