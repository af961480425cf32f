/** Numbers of rows and sums over them: one for all, one for each group, the best groups. */

import { sqlText } from '../../../models/grammar/sql-name.js'
import { numberCondition, sayValues } from '../templates/conditions.js'
import { drawn } from '../templates/draw.js'
import { groupedBy } from '../templates/say.js'
import { isNamable } from './facts.js'
import { type Asked, drawDimension, drawScene, type Kind, type Scene, whereSql } from './scene.js'

const fromOf = ({ fact }: Scene) => ` from ${fact.table.sql}`

/** "Total amount of sales in March 2024". */
export const oneNumber: Kind = (setting) => {
  const { random } = setting
  const scene = drawScene(setting, { filtered: 75, timed: 55 })
  if (!scene || scene.conditions.length === 0) return undefined
  const { metric, subject, phrase, conditions, fact } = scene
  const sql = `select ${metric.sql}${fromOf(scene)}${whereSql(conditions)}`
  if (!metric.isCount || random.chance(45)) return { text: phrase, form: 'noun', sql }
  const text = random.pick([
    `how many ${subject} are there`,
    `how many ${subject} do we have`,
    `how many ${subject} were there`,
    `count the ${subject}`,
    `count all ${fact.table.plural}${scene.narrowed}`,
  ])
  return { text, form: text.startsWith('how') ? 'question' : 'command', sql }
}

/** "Number of sales by region". */
export const byGroup: Kind = (setting) => {
  const { random } = setting
  const scene = drawScene(setting, { filtered: 30, timed: 45 })
  const dimension = scene && drawDimension(scene, setting)
  if (!scene || !dimension) return undefined
  const { metric, subject, phrase, conditions } = scene
  const { sql: shown, group, words, plural } = dimension
  const sql = `select ${shown}, ${metric.sql}${fromOf(scene)}${whereSql(conditions)} group by ${group}`
  const by = groupedBy(dimension, random)
  return random.pick<Asked>([
    { text: `${phrase} ${by}`, form: 'noun', sql },
    { text: `${phrase} ${by}`, form: 'noun', sql },
    { text: `for each ${words}, what is the ${phrase}`, form: 'question', sql },
    { text: `${words} and ${phrase}`, form: 'noun', sql },
    { text: `each ${words} with the ${phrase}`, form: 'listing', sql },
    { text: `all ${plural} together with their ${phrase}`, form: 'listing', sql },
    { text: `how does the ${phrase} differ by ${words}`, form: 'question', sql },
    ...(metric.isCount
      ? [
          { text: `how many ${subject} are there ${by}`, form: 'question', sql } as const,
          { text: `how many ${subject} does each ${words} have`, form: 'question', sql } as const,
        ]
      : []),
  ])
}

/** "Total amount by region and payment method". */
export const byTwoGroups: Kind = (setting) => {
  const { random } = setting
  const scene = drawScene(setting, { filtered: 15, timed: 40 })
  const first = scene && drawDimension(scene, setting)
  const second = first && drawDimension(scene, setting, [first])
  if (!scene || !first || !second) return undefined
  const { metric, phrase, conditions } = scene
  const sql = `select ${first.sql}, ${second.sql}, ${metric.sql}${fromOf(scene)}${whereSql(conditions)} group by ${first.group}, ${second.group}`
  const text = random.pick([
    `${phrase} by ${first.words} and ${second.words}`,
    `${phrase} per ${first.words} and ${second.words}`,
    `${phrase} for each combination of ${first.words} and ${second.words}`,
    `${phrase} for each ${first.words}, split by ${second.words}`,
    `${phrase} by ${first.words}, then by ${second.words}`,
  ])
  return { text, form: 'noun', sql }
}

/** "Top 5 regions by total amount in 2024". */
export const topGroups: Kind = (setting) => {
  const { random } = setting
  const scene = drawScene(setting, { filtered: 25, timed: 50 })
  const dimension = scene && drawDimension(scene, setting)
  if (!scene || !dimension) return undefined
  const { metric, phrase, conditions, subject } = scene
  const { words, plural } = dimension
  const most = random.chance(78)
  const count = random.pick([1, 1, 1, 2, 3, 3, 5, 5, 10])
  const sql = `select ${dimension.sql}, ${metric.sql}${fromOf(scene)}${whereSql(conditions)} group by ${dimension.group} order by ${metric.sql}${most ? ' desc' : ''} limit ${count}`
  const superlative = random.pick(
    most ? ['highest', 'largest', 'greatest'] : ['lowest', 'smallest'],
  )
  if (count > 1) {
    const end = most ? 'top' : 'bottom'
    return random.pick<Asked>([
      { text: `${end} ${count} ${plural} by ${phrase}`, form: 'noun', sql },
      { text: `${end} ${count} ${plural} in terms of ${phrase}`, form: 'noun', sql },
      { text: `${count} ${plural} with the ${superlative} ${phrase}`, form: 'noun', sql },
      { text: `which ${count} ${plural} have the ${superlative} ${phrase}`, form: 'question', sql },
    ])
  }
  const many = most ? 'most' : 'fewest'
  return random.pick<Asked>([
    {
      text: `which ${words} has the ${superlative} ${phrase}, and what is it`,
      form: 'question',
      sql,
    },
    { text: `${words} with the ${superlative} ${phrase}, and that number`, form: 'noun', sql },
    ...(metric.isCount
      ? [
          {
            text: `which ${words} has the ${many} ${subject}, and how many`,
            form: 'question',
            sql,
          } as const,
          {
            text: `${words} with the ${many} ${subject} and their number`,
            form: 'noun',
            sql,
          } as const,
        ]
      : []),
  ])
}

/** "Which stores have an average total amount above 80?" */
export const keptGroups: Kind = (setting) => {
  const { random } = setting
  const scene = drawScene(setting, {
    filtered: 20,
    timed: 35,
    needs: ({ numbers }) => numbers.some(({ range }) => range),
  })
  const dimension = scene && drawDimension(scene, setting)
  const number =
    scene &&
    drawn(
      scene.fact.numbers.filter(({ range }) => range),
      random,
    )
  if (!scene || !dimension || !number) return undefined
  const isCount = random.chance(50)
  const more = random.chance(65)
  const bound = isCount ? random.pick([1, 2, 3, 5, 10, 20, 50, 100, 500]) : undefined
  const condition = numberCondition(number, random, more ? '>' : '<')
  const threshold = condition.sql.split(' ').at(-1)
  const having = isCount
    ? `count(*) ${more ? '>' : '<'} ${bound}`
    : `avg(${number.sql}) ${more ? '>' : '<'} ${threshold}`
  const than = random.pick(more ? ['more than', 'over'] : ['fewer than', 'less than'])
  const above = random.pick(
    more
      ? ['above', 'over', 'higher than', 'of more than']
      : ['below', 'under', 'lower than', 'of less than'],
  )
  const sql = `select ${dimension.sql}${fromOf(scene)}${whereSql(scene.conditions)} group by ${dimension.group} having ${having}`
  const what = isCount
    ? `${than} ${bound} ${scene.fact.table.plural}${scene.narrowed}`
    : `an average ${number.words} of ${scene.subject} ${above} ${threshold}`
  return random.pick<Asked>([
    { text: `which ${dimension.plural} have ${what}`, form: 'question', sql },
    { text: `${dimension.plural} with ${what}`, form: 'listing', sql },
    { text: `${dimension.plural} that have ${what}`, form: 'listing', sql },
  ])
}

/** "Number of returns for North and for South". */
export const sideBySide: Kind = (setting) => {
  const { random } = setting
  const scene = drawScene(setting, { filtered: 0, timed: 45 })
  const dimension = scene && drawDimension(scene, setting)
  if (!scene || !dimension || !isNamable(dimension) || dimension.column.values.length < 2)
    return undefined
  const { values } = dimension.column
  const first = random.pick(values)
  const second = random.pick(values.filter((value) => value !== first))
  const [one, other] = sayValues([first, second], random)
  const { metric, phrase, conditions } = scene
  const within = `${dimension.sql} in (${[first, second].map(sqlText).join(', ')})`
  const sql = `select ${dimension.sql}, ${metric.sql}${fromOf(scene)}${whereSql([...conditions, within])} group by ${dimension.group}`
  const { words } = dimension
  const text = random.pick([
    `compare the ${phrase} for the ${words} ${one} and the ${words} ${other}`,
    `${phrase} of the ${words} ${one} against the ${words} ${other}`,
    `${phrase}: ${words} ${one} versus ${other}`,
    `what is the ${phrase} for the ${words} ${one} compared with ${other}`,
  ])
  const form = text.startsWith('compare')
    ? 'command'
    : text.startsWith('what')
      ? 'question'
      : 'noun'
  return { text, form, sql }
}
