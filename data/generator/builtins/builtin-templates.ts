/** Questions that one SQL function answers, on one table. */
import type { Catalog } from '../../catalog.js'
import type { Random } from '../../random.js'
import type { Asked } from '../analysis/scene.js'
import type { AskableSchema } from '../templates/askable.js'
import { after, conditionOn } from '../templates/conditions.js'
import { drawn } from '../templates/draw.js'
import { aggregateFunctions } from './aggregate-functions.js'
import { type Argument, argumentsOf, fits } from './argument.js'
import { type BuiltIn, sqlOf } from './built-in.js'
import { dateFunctions } from './date-functions.js'
import { numberFunctions } from './number-functions.js'
import { textFunctions } from './text-functions.js'

const functions: readonly BuiltIn[] = [...textFunctions, ...numberFunctions, ...dateFunctions]

export type BuiltInTemplate = (random: Random) => Asked | undefined

/** One template for each function and place in the query; the weights say how much there is to ask. */
export function builtInTemplates(
  catalog: Catalog,
  schema: AskableSchema,
): readonly (readonly [name: string, weight: number, template: BuiltInTemplate])[] {
  const all = schema.tables.flatMap((table) => argumentsOf(catalog, table))
  const named = functions.flatMap((builtIn) => {
    const fitting = all.filter((argument) => fits(builtIn, argument))
    if (fitting.length === 0) return []
    return places(builtIn).map(([place, weight, ask]) => {
      const template: BuiltInTemplate = (random) =>
        ask({ builtIn, argument: random.pick(fitting), catalog, random })
      return [`${builtIn.name} ${place}`, weight, template] as const
    })
  })
  const aggregates = aggregateFunctions.flatMap((builtIn) => {
    const fitting = all.filter(
      ({ on, needsRow, column }) =>
        on === builtIn.on && !needsRow && (builtIn.name !== 'sum' || column?.additive),
    )
    const template: BuiltInTemplate = (random) =>
      aggregated({ builtIn, argument: random.pick(fitting), catalog, random })
    return fitting.length === 0 ? [] : [[`${builtIn.name} of all`, 1.5, template] as const]
  })
  return [...named, ...aggregates]
}

interface Asking<Function> {
  readonly builtIn: Function
  readonly argument: Argument
  readonly catalog: Catalog
  readonly random: Random
}

type Ask = (asking: Asking<BuiltIn>) => Asked | undefined

function places({
  makes,
  groups,
  bounds,
  name,
}: BuiltIn): readonly (readonly [string, number, Ask])[] {
  return [
    ['shown', 3, shown],
    ...(makes === 'number' ? [['ordered', 1, ordered] as const] : []),
    ...(bounds || name === 'year' ? [['compared', 2, compared] as const] : []),
    ...(groups ? [['grouped', 1.5, grouped] as const] : []),
  ]
}

function narrowedBy({ table, column }: Argument, random: Random, percent: number) {
  const condition = random.chance(percent)
    ? conditionOn(table, random, column ? [column] : [])
    : undefined
  return {
    said: condition ? ` ${after(condition, random)}` : '',
    where: condition ? ` where ${condition.sql}` : '',
    and: condition ? ` and ${condition.sql}` : '',
  }
}

/** "For each product, show the name and the length of the name." */
function shown({ builtIn, argument, catalog, random }: Asking<BuiltIn>): Asked | undefined {
  const { table, words, sql: column, needsRow } = argument
  const { said, where } = narrowedBy(argument, random, 35)
  const value = sqlOf(builtIn, catalog.dialect, column)
  const say = (what: string) => random.pick(builtIn.words).replace('{}', () => what)
  const label =
    table.label && !table.label.columns.some(({ sql }) => sql === column) ? table.label : undefined
  if (label && (needsRow || random.chance(50))) {
    const sql = `select ${label.sql}, ${value} from ${table.sql}${where}`
    return random.pick<Asked>([
      {
        text: `for each ${table.noun}${said}, what are the ${label.words} and the ${say(words)}`,
        form: 'question',
        sql,
      },
      {
        text: `each ${table.noun}${said} with its ${label.words} and the ${say(words)}`,
        form: 'listing',
        sql,
      },
      {
        text: `${label.words} and the ${say(words)} for each ${table.noun}${said}`,
        form: 'noun',
        sql,
      },
    ])
  }
  const sql = `select ${value} from ${table.sql}${where}`
  if (needsRow) {
    return {
      text: `for each ${table.noun}${said}, what is the ${say(words)}`,
      form: 'question',
      sql,
    }
  }
  const text = random.pick([
    `${say(words)} of each ${table.noun}${said}`,
    `${say(words)} for every ${table.noun}${said}`,
  ])
  return { text, form: 'noun', sql }
}

/** "Products in order of the length of the name." */
function ordered({ builtIn, argument, catalog, random }: Asking<BuiltIn>): Asked | undefined {
  const { table, words, needsRow } = argument
  if (!table.label || needsRow) return undefined
  const { said, where } = narrowedBy(argument, random, 30)
  const value = sqlOf(builtIn, catalog.dialect, argument.sql)
  const down = random.chance(60)
  const count = random.pick([undefined, undefined, 1, 3, 5, 10])
  const sql = `select ${table.label.sql} from ${table.sql}${where} order by ${value}${down ? ' desc' : ''}${count ? ` limit ${count}` : ''}`
  const by = random.pick(builtIn.words).replace('{}', () => words)
  const what = table.label.plural
  const end = down ? random.pick(['largest', 'highest']) : random.pick(['smallest', 'lowest'])
  if (count === undefined) {
    return {
      text: `${what} of ${table.plural}${said}, ordered by the ${by}, ${end} first`,
      form: 'listing',
      sql,
    }
  }
  if (count === 1) {
    return {
      text: `${table.label.words} of the ${table.noun}${said} with the ${end} ${by}`,
      form: 'noun',
      sql,
    }
  }
  return {
    text: `${what} of the ${count} ${table.plural}${said} with the ${end} ${by}`,
    form: 'noun',
    sql,
  }
}

/** "Products where the length of the name is above 10." */
function compared({ builtIn, argument, catalog, random }: Asking<BuiltIn>): Asked | undefined {
  const { table, words, years } = argument
  const number = drawn(builtIn.name === 'year' ? (years ?? []) : (builtIn.bounds ?? []), random)
  if (number === undefined || !table.label) return undefined
  const { said, and } = narrowedBy(argument, random, 20)
  const [sign, than] = random.pick([
    ['>', 'more than'],
    ['>', 'above'],
    ['<', 'less than'],
    ['<', 'below'],
    ['=', 'exactly'],
    ['>=', 'at least'],
    ['<=', 'at most'],
  ] as const)
  const value = sqlOf(builtIn, catalog.dialect, argument.sql)
  const where = ` where ${value} ${sign} ${number}${and}`
  const by = random.pick(builtIn.words).replace('{}', () => words)
  const whom = `${table.plural}${said}${said === '' ? '' : ','} where the ${by} is ${than} ${number}`
  if (random.chance(30)) {
    return {
      text: `how many ${whom.replace(' where ', ' are there where ')}`,
      form: 'question',
      sql: `select count(*) from ${table.sql}${where}`,
    }
  }
  const sql = `select ${table.label.sql} from ${table.sql}${where}`
  return random.pick<Asked>([
    { text: `${table.label.plural} of ${whom}`, form: 'listing', sql },
    { text: `${table.label.plural} of all ${whom}`, form: 'listing', sql },
  ])
}

/** "Number of products by the first letter of the name." */
function grouped({ builtIn, argument, catalog, random }: Asking<BuiltIn>): Asked | undefined {
  const { table, words, needsRow } = argument
  if (needsRow) return undefined
  const { said, where } = narrowedBy(argument, random, 30)
  const value = sqlOf(builtIn, catalog.dialect, argument.sql)
  const sql = `select ${value}, count(*) from ${table.sql}${where} group by ${value}`
  const by = random.pick(builtIn.words).replace('{}', () => words)
  return random.pick<Asked>([
    { text: `number of ${table.plural}${said} for each ${by}`, form: 'noun', sql },
    { text: `how many ${table.plural}${said} are there by ${by}`, form: 'question', sql },
    { text: `${table.plural}${said} counted by the ${by}`, form: 'listing', sql },
  ])
}

function aggregated({
  builtIn,
  argument,
  catalog,
  random,
}: Asking<(typeof aggregateFunctions)[number]>): Asked {
  const { table, words } = argument
  const { said, where } = narrowedBy(argument, random, 55)
  const sql = `select ${sqlOf({ ...builtIn }, catalog.dialect, argument.sql)} from ${table.sql}${where}`
  const what = random.pick(builtIn.words).replace('{}', () => words)
  const whom = `${random.pick(['', 'the ', 'all '])}${table.plural}${said}`
  return { text: `${what} ${random.pick(['of', 'of', 'for'])} ${whom}`, form: 'noun', sql }
}
