/** Questions that compare groups with each other: ranks, shares, gaps. */
import { sqlName } from '../../../models/grammar/sql-name.js'
import { groupedBy } from '../templates/say.js'
import type { Dimension } from './facts.js'
import {
  type AnalysisSetting,
  type Asked,
  aliasOf,
  drawDimension,
  drawScene,
  type Kind,
  type Scene,
  whereSql,
} from './scene.js'

const needsGroups = { filtered: 20, timed: 40, addsUp: true } as const
interface Grouped {
  readonly scene: Scene
  readonly dimension: Dimension
  /** Names of the columns of the sub-query. */
  readonly group: string
  readonly value: string
  /** One row for each group. */
  readonly inner: string
}

function drawGrouped(setting: AnalysisSetting): Grouped | undefined {
  const scene = drawScene(setting, needsGroups)
  const dimension = scene && drawDimension(scene, setting)
  if (!scene || !dimension) return undefined
  const [group, value] = [sqlName(aliasOf(dimension.words)), sqlName(scene.metric.alias)]
  const inner = `select ${dimension.sql} as ${group}, ${scene.metric.sql} as ${value} from ${scene.fact.table.sql}${whereSql(scene.conditions)} group by ${dimension.group}`
  return group === value ? undefined : { scene, dimension, group, value, inner }
}

/** "The best product of each category by total amount". */
export const bestInEach: Kind = (setting) => {
  const { random } = setting
  const scene = drawScene(setting, needsGroups)
  const ranked = scene && drawDimension(scene, setting)
  const within = ranked && drawDimension(scene, setting, [ranked])
  if (
    !scene ||
    !ranked ||
    !within ||
    (within.column.table === ranked.column.table && ranked.isOwner === false)
  )
    return undefined
  const { metric, phrase, conditions, fact } = scene
  const names = [within.words, ranked.words, metric.alias].map((words) => sqlName(aliasOf(words)))
  if (new Set(names).size < names.length) return undefined
  const [outer, one, value] = names
  const most = random.chance(80)
  const count = random.pick([1, 1, 2, 3, 3, 5])
  const place = `row_number() over (partition by ${within.group} order by ${metric.sql}${most ? ' desc' : ''}) as place`
  const inner = `select ${within.sql} as ${outer}, ${ranked.sql} as ${one}, ${metric.sql} as ${value}, ${place} from ${fact.table.sql}${whereSql(conditions)} group by ${within.group}, ${ranked.group}`
  const sql = `select t.${outer}, t.${one}, t.${value} from (${inner}) as t where t.place ${count === 1 ? '= 1' : `<= ${count}`}`
  const each = random.pick([
    `in each ${within.words}`,
    `per ${within.words}`,
    `for each ${within.words}`,
    `of every ${within.words}`,
  ])
  const best = random.pick(most ? ['highest', 'largest'] : ['lowest', 'smallest'])
  return random.pick<Asked>(
    count > 1
      ? [
          {
            text: `${most ? 'top' : 'bottom'} ${count} ${ranked.plural} ${each} by ${phrase}`,
            form: 'noun',
            sql,
          },
          {
            text: `${count} ${ranked.plural} with the ${best} ${phrase} ${each}`,
            form: 'noun',
            sql,
          },
        ]
      : [
          { text: `${ranked.words} with the ${best} ${phrase} ${each}`, form: 'noun', sql },
          {
            text: `for each ${within.words}, which ${ranked.words} has the ${best} ${phrase}`,
            form: 'question',
            sql,
          },
          {
            text: `which ${ranked.words} has the ${best} ${phrase} ${each}`,
            form: 'question',
            sql,
          },
        ],
  )
}

/** "Rank the regions by total amount". */
export const rankAll: Kind = (setting) => {
  const grouped = drawGrouped(setting)
  if (!grouped) return undefined
  const { scene, dimension, group, value, inner } = grouped
  const { random } = setting
  const sql = `select t.${group}, t.${value}, rank() over (order by t.${value} desc) from (${inner}) as t order by t.${value} desc`
  return random.pick<Asked>([
    {
      text: `${dimension.plural} with their ${scene.phrase} and their rank by it`,
      form: 'listing',
      sql,
    },
    { text: `rank of each ${dimension.words} by ${scene.phrase}`, form: 'noun', sql },
    { text: `rank all ${dimension.plural} by ${scene.phrase}`, form: 'command', sql },
  ])
}

/** "What share of all sales does each region have?" */
export const shareOfEach: Kind = (setting) => {
  const grouped = drawGrouped(setting)
  if (!grouped) return undefined
  const { scene, dimension, group, value, inner } = grouped
  const { random } = setting
  const sql = `select t.${group}, 100.0 * t.${value} / sum(t.${value}) over () from (${inner}) as t`
  const { words } = dimension
  return random.pick<Asked>([
    {
      text: `share of the ${scene.phrase} ${groupedBy(dimension, random)} in percent`,
      form: 'noun',
      sql,
    },
    { text: `percentage of the ${scene.phrase} that each ${words} makes up`, form: 'noun', sql },
    {
      text: `what percentage of the ${scene.phrase} does each ${words} have`,
      form: 'question',
      sql,
    },
    {
      text: `how many percent of the ${scene.phrase} fall on each ${words}`,
      form: 'question',
      sql,
    },
  ])
}

/** "Regions whose total amount is above the average of all regions". */
export const aboveAverage: Kind = (setting) => {
  const grouped = drawGrouped(setting)
  if (!grouped) return undefined
  const { scene, dimension, group, value, inner } = grouped
  const { random } = setting
  const more = random.chance(70)
  const sql = `with t as (${inner}) select t.${group}, t.${value} from t where t.${value} ${more ? '>' : '<'} (select avg(t.${value}) from t)`
  const than = random.pick(
    more ? ['above', 'higher than', 'greater than'] : ['below', 'lower than'],
  )
  return random.pick<Asked>([
    {
      text: `${dimension.plural} whose ${scene.phrase} is ${than} the average over all ${dimension.plural}`,
      form: 'listing',
      sql,
    },
    {
      text: `which ${dimension.plural} have a ${scene.phrase} ${than} the average ${dimension.words}, and how much is it`,
      form: 'question',
      sql,
    },
  ])
}

/** "Put the customers into four groups by total amount". */
export const quartiles: Kind = (setting) => {
  const grouped = drawGrouped(setting)
  if (!grouped?.dimension.isOwner) return undefined
  const { scene, dimension, group, value, inner } = grouped
  const { random } = setting
  const [count, said] = random.pick([
    [4, 'four'],
    [5, 'five'],
    [10, 'ten'],
    [3, 'three'],
  ] as const)
  const sql = `select t.${group}, t.${value}, ntile(${count}) over (order by t.${value} desc) from (${inner}) as t`
  return random.pick<Asked>([
    {
      text: `divide the ${dimension.plural} into ${said} equal groups by ${scene.phrase}`,
      form: 'command',
      sql,
    },
    {
      text: `${dimension.plural} with their ${scene.phrase} and which of ${said} equal groups by it they are in, largest first`,
      form: 'listing',
      sql,
    },
  ])
}

/** "How far is each region behind the best?" */
export const gapToBest: Kind = (setting) => {
  const grouped = drawGrouped(setting)
  if (!grouped) return undefined
  const { scene, dimension, group, value, inner } = grouped
  const { random } = setting
  const sql = `select t.${group}, t.${value}, max(t.${value}) over () - t.${value} from (${inner}) as t`
  return random.pick<Asked>([
    {
      text: `${scene.phrase} ${groupedBy(dimension, random)} and how far each is behind the highest`,
      form: 'noun',
      sql,
    },
    {
      text: `difference between the highest ${scene.phrase} and that of each ${dimension.words}, with the ${scene.metric.lead} itself`,
      form: 'noun',
      sql,
    },
  ])
}
