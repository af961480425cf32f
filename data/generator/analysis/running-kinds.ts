/** Questions that set each time against those before: running totals, changes, moving averages. */
import { sqlName } from '../../../models/grammar/sql-name.js'
import type { Random } from '../../random.js'
import { type AnalysisSetting, drawScene, type Kind, type Scene } from './scene.js'
import { drawRunningUnit, timedWhere, unitOf, unitSql } from './time-kinds.js'

const needsTime = {
  filtered: 30,
  timed: 0,
  addsUp: true,
  needs: ({ dates }: Scene['fact']) => dates.length > 0,
}

interface Timed {
  readonly scene: Scene
  /** "By month". */
  readonly by: string
  readonly unit: string
  readonly value: string
  readonly inner: string
}

function drawTimed(setting: AnalysisSetting, random: Random): Timed | undefined {
  const scene = drawScene(setting, needsTime)
  if (!scene?.date) return undefined
  const unit = drawRunningUnit(scene.date, random)
  const value = sqlName(scene.metric.alias)
  const inner = `select ${unitSql(unit, scene.date, setting.analysis)} as period, ${scene.metric.sql} as ${value} from ${scene.fact.table.sql}${timedWhere(scene.conditions, scene.date)} group by ${unitSql(unit, scene.date, setting.analysis)}`
  return { scene, by: unitOf(scene.date, unit, random), unit: unit.words, value, inner }
}

/** "Running total of the amount by month". */
export const runningTotal: Kind = (setting) => {
  const { random } = setting
  const timed = drawTimed(setting, random)
  if (!timed) return undefined
  const { scene, by, value, inner } = timed
  const sql = `select t.period, t.${value}, sum(t.${value}) over (order by t.period) from (${inner}) as t order by t.period`
  const text = random.pick([
    `${scene.phrase} ${by} with a running total`,
    `${scene.phrase} ${by} and the cumulative sum so far`,
    `${scene.phrase} ${by}, added up from the beginning as well`,
  ])
  return { text, form: 'noun', sql }
}

/** "Change of the number of sales from month to month". */
export const change: Kind = (setting) => {
  const { random } = setting
  const timed = drawTimed(setting, random)
  if (!timed) return undefined
  const { scene, by, unit, value, inner } = timed
  const before = `lag(t.${value}) over (order by t.period)`
  const inPercent = random.chance(45)
  const measured = inPercent
    ? `100.0 * (t.${value} - ${before}) / ${before}`
    : `t.${value} - ${before}`
  const sql = `select t.period, t.${value}, ${measured} from (${inner}) as t order by t.period`
  const percent = inPercent ? ' in percent' : ''
  const text = random.pick([
    `${scene.phrase} ${by} and the change from the ${unit} before${percent}`,
    `${scene.phrase} ${by}, with the ${inPercent ? 'percentage change' : 'difference'} to the previous ${unit}`,
    `${scene.phrase} ${by} and how much it grew since the ${unit} before${percent}`,
  ])
  return { text, form: 'noun', sql }
}

/** "Moving average over three months". */
export const movingAverage: Kind = (setting) => {
  const { random } = setting
  const timed = drawTimed(setting, random)
  if (!timed) return undefined
  const { scene, by, unit, value, inner } = timed
  const count = random.pick([2, 3, 4, 6])
  const sql = `select t.period, avg(t.${value}) over (order by t.period rows between ${count - 1} preceding and current row) from (${inner}) as t order by t.period`
  const text = random.pick([
    `moving average of the ${scene.phrase} ${by} over ${count} ${unit}s`,
    `${scene.phrase} ${by}, averaged over the last ${count} ${unit}s`,
    `${count}-${unit} moving average of the ${scene.phrase} ${by}`,
  ])
  return { text, form: 'noun', sql }
}
