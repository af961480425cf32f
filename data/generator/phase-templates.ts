/** Which templates each phase asks, worded to the end. */
import type { Catalog } from '../catalog.js'
import type { Random } from '../random.js'
import { type Analysis, readAnalysis } from './analysis/facts.js'
import {
  byGroup,
  byTwoGroups,
  keptGroups,
  oneNumber,
  sideBySide,
  topGroups,
} from './analysis/group-kinds.js'
import {
  aboveAverage,
  bestInEach,
  gapToBest,
  quartiles,
  rankAll,
  shareOfEach,
} from './analysis/rank-kinds.js'
import { change, movingAverage, runningTotal } from './analysis/running-kinds.js'
import type { Asked, Kind } from './analysis/scene.js'
import { bestTime, overTime, overTimeByGroup, twoYears } from './analysis/time-kinds.js'
import { builtInTemplates } from './builtins/builtin-templates.js'
import type { PhaseName } from './pair.js'
import { polish } from './polish.js'
import { relationshipDocs } from './schema/relationship-docs.js'
import { tableDocs } from './schema/table-docs.js'
import { complexTemplates, joinTemplates, singleTableTemplates } from './templates/all-templates.js'
import type { AskableSchema, NamedTemplate } from './templates/askable.js'
import { finished } from './templates/say.js'
import type { Worded, WordedTemplate } from './worded-template.js'

const analyses: readonly (readonly [name: string, weight: number, kind: Kind])[] = [
  ['one number', 5, oneNumber],
  ['by group', 8, byGroup],
  ['by two groups', 3, byTwoGroups],
  ['top groups', 6, topGroups],
  ['kept groups', 3, keptGroups],
  ['side by side', 2, sideBySide],
  ['over time', 5, overTime],
  ['over time by group', 2.5, overTimeByGroup],
  ['best time', 2.5, bestTime],
]
const comparisons: readonly (readonly [name: string, weight: number, kind: Kind])[] = [
  ['best in each', 5, bestInEach],
  ['rank of all', 3, rankAll],
  ['share of each', 4, shareOfEach],
  ['above average group', 3, aboveAverage],
  ['quartiles', 1, quartiles],
  ['gap to the best', 1.5, gapToBest],
  ['running total', 3, runningTotal],
  ['change', 3.5, change],
  ['moving average', 2, movingAverage],
  ['two years', 2, twoYears],
]

export function phaseTemplates(
  phase: Exclude<PhaseName, 'sample_data'>,
  catalog: Catalog,
  schema: AskableSchema,
): readonly WordedTemplate[] {
  if (phase === 'schema_docs') return tableDocs(catalog)
  if (phase === 'schema_relationship') return relationshipDocs(catalog)
  if (schema.tables.length === 0) return []
  if (phase === 'builtins') {
    return builtInTemplates(catalog, schema).map(([name, weight, template]) => [
      name,
      weight,
      (random) => said(template(random), random),
    ])
  }
  const analysis = readAnalysis(catalog, schema)
  const plain = {
    single_table: singleTableTemplates,
    joins: joinTemplates,
    complex_sqls: complexTemplates,
  }[phase]
  const reach = phase === 'single_table' ? 'own' : 'above'
  const kinds = phase === 'complex_sqls' ? comparisons : analyses
  return [
    ...plain.map((template) => finishedBy(template, schema)),
    ...kinds.map((kind) => analysed(kind, analysis, reach)),
    ...(phase === 'complex_sqls' ? kinds.map((kind) => analysed(kind, analysis, 'own')) : []),
  ]
}

function finishedBy(
  [name, weight, template]: NamedTemplate,
  schema: AskableSchema,
): WordedTemplate {
  return [
    name,
    weight,
    (random) => {
      const found = template({ schema, random })
      return found && { question: finished(found.text, random), sql: found.sql }
    },
  ]
}

function analysed(
  [name, weight, kind]: readonly [string, number, Kind],
  analysis: Analysis,
  reach: 'own' | 'above',
): WordedTemplate {
  return [name, weight, (random) => said(kind({ analysis, reach, random }), random)]
}

function said(asked: Asked | undefined, random: Random): Worded | undefined {
  return asked && { question: polish(asked, random), sql: asked.sql }
}
