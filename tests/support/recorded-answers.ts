/** Answers as the real graph gives them over the retail demo, one per way in which a question can end. */
import type { Answer, AnsweredQuestion, TraceStep } from '../../agents/answer.js'
import { buildFigure } from '../../agents/chart/build-figure.js'
import type { Catalog } from '../../data/catalog.js'

export const recordedSteps: readonly TraceStep[] = [
  {
    node: 'extractEntities',
    phase: 'understanding',
    elapsedMs: 4,
    summary: 'Sum of sale amount by region, in 2023.',
  },
  {
    node: 'retrieveContext',
    phase: 'searching',
    elapsedMs: 31,
    summary: '3 tables and 12 columns are about this.',
  },
  {
    node: 'generateSql',
    phase: 'generating',
    elapsedMs: 212,
    summary: 'The rules wrote one statement.',
  },
  {
    node: 'executeSql',
    phase: 'executing',
    elapsedMs: 18,
    summary: '5 rows in 18 ms.',
  },
]

const sales: readonly (readonly [string, number, number])[] = [
  ['North', 4_812_340.5, 128_911],
  ['South', 3_977_102.25, 104_220],
  ['West', 3_120_560, 83_905],
  ['East', 2_640_871.75, 71_387],
  ['Centre', 1_204_338.1, 32_150],
]

/** Which ending a question gets is told by one word in it, so that a test reads plainly. */
export function recordedAnswer(question: string, id: string, conversationId: string): Answer {
  if (/weather/.test(question)) return failed(question, id, conversationId)
  if (/springfield$/i.test(question)) return clarification(question, id, conversationId)
  if (/^total/i.test(question)) return number(question, id, conversationId)
  if (/month/i.test(question)) return months(question, id, conversationId)
  if (/list/i.test(question)) return listing(question, id, conversationId)
  return regions(question, id, conversationId)
}

function frame(question: string, id: string, conversationId: string): AnsweredQuestion {
  return {
    ok: true,
    kind: 'data',
    id,
    conversationId,
    question,
    intent: 'comparison',
    suggestions: ['The same for 2024', 'Sales 2023 by month', 'Top 5 stores in the North'],
    warnings: [],
    trace: recordedSteps,
    timings: { extractEntities: 4, retrieveContext: 31, generateSql: 212, total: 274 },
    columns: [],
    rows: [],
    rowCount: 0,
    truncated: false,
    text: '',
    textCells: [],
    chartKinds: [],
    explanation: [],
  }
}

function regions(question: string, id: string, conversationId: string): Answer {
  const sql = [
    'SELECT region.name AS region, SUM(sale_line.amount) AS "total sales", COUNT(*) AS lines',
    'FROM sale_line',
    'JOIN store ON store.id = sale_line.store_id',
    'JOIN region ON region.id = store.region_id',
    "WHERE sale_line.sold_on >= DATE '2023-01-01' AND sale_line.sold_on < DATE '2024-01-01'",
    'GROUP BY region.name -- one row a region',
    'ORDER BY 2 DESC',
  ].join('\n')
  return {
    ...frame(question, id, conversationId),
    rewrittenQuestion: 'Total sales in 2023 by region',
    sql,
    dialect: 'duckdb',
    columns: [
      { name: 'region', type: 'VARCHAR', kind: 'text' },
      { name: 'total sales', type: 'DECIMAL(18,2)', kind: 'number' },
      { name: 'lines', type: 'BIGINT', kind: 'number' },
    ],
    rows: sales,
    rowCount: sales.length,
    truncated: false,
    ...chart('bar'),
    text: 'North sold the most in 2023: 4,812,340.50. Centre sold the least: 1,204,338.10.',
    textCells: [],
    chartKinds: [],
    explanation: [
      'Adds up amount of sale_line,',
      'for each region,',
      'keeping sales from 1 January 2023 up to 31 December 2023,',
      'largest first.',
    ],
    confidence: {
      score: 0.86,
      signals: [
        { name: 'binds', value: 1, note: 'Every name exists.' },
        { name: 'words explained', value: 0.8, note: '4 of 5 words are in the catalog.' },
      ],
    },
    generator: 'rules',
    provenance: {
      fingerprint: 'f3a91c0d2b7e',
      dataVersion: '2025-12-31#214008',
      model: 'gemma-3-270m-q4_k_m',
      documents: [
        { id: 'table:sale_line', distance: 0.21, score: 0.82 },
        { id: 'column:region.name', distance: 0.34, score: 0.71 },
      ],
      valueLinks: [{ phrase: 'north', column: 'region.name', value: 'North' }],
      attempts: [
        {
          sql: 'SELECT regions.name FROM sale_line',
          generator: 'local',
          failure: { code: 'sql_invalid', message: 'There is no table regions; region is near.' },
        },
        { sql, generator: 'rules' },
      ],
      reason: 'Every word of the question was explained by the catalog.',
    },
  }
}

function chart(kind: 'bar' | 'line') {
  const { figure } = buildFigure({
    kind,
    warnings: [],
    spec: {
      title: 'Total sales by region',
      scale: 'category',
      positions: sales.map(([region]) => region),
      series: [{ name: 'Total sales', values: sales.map(([, amount]) => amount) }],
      positionTitle: 'Region',
      valueTitle: 'Total sales',
      seriesTitle: '',
      style: 'plain',
      horizontal: false,
    },
  })
  return { figure, chartKind: kind }
}

function months(question: string, id: string, conversationId: string): Answer {
  const positions = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ')
  const year = (factor: number) =>
    positions.map((_, month) => Math.round(factor * (900 + 200 * Math.sin(month / 2) + 30 * month)))
  const [first, second] = [year(1000), year(1130)]
  const { figure } = buildFigure({
    kind: 'line',
    warnings: [],
    spec: {
      title: 'Sales by month',
      scale: 'category',
      positions,
      series: [
        { name: '2023', values: first },
        { name: '2024', values: second },
      ],
      positionTitle: 'Month',
      valueTitle: 'Sales',
      seriesTitle: 'Year',
      style: 'plain',
      horizontal: false,
    },
  })
  return {
    ...frame(question, id, conversationId),
    sql: 'SELECT month, sum(amount) FROM sale_line GROUP BY 1',
    columns: [
      { name: 'month', type: 'VARCHAR', kind: 'text' },
      { name: 'sales_2023', type: 'BIGINT', kind: 'number' },
      { name: 'sales_2024', type: 'BIGINT', kind: 'number' },
    ],
    rows: positions.map((month, place) => [month, first[place] ?? 0, second[place] ?? 0]),
    rowCount: 12,
    figure,
    chartKind: 'line',
    text: 'Sales were higher in 2024 in every month.',
    generator: 'rules',
  }
}

function number(question: string, id: string, conversationId: string): Answer {
  const { figure } = buildFigure({
    kind: 'number',
    warnings: [],
    spec: {
      title: '',
      cards: [{ label: 'Total sales', value: 15_755_212.6, style: 'plain' }],
    },
  })
  return {
    ...frame(question, id, conversationId),
    sql: 'SELECT SUM(amount) AS "total sales" FROM sale_line',
    columns: [{ name: 'total sales', type: 'DECIMAL(18,2)', kind: 'number' }],
    rows: [[15_755_212.6]],
    rowCount: 1,
    figure,
    chartKind: 'number',
    text: 'Total sales in 2023 were 15,755,212.60.',
    generator: 'rules',
  }
}

/** Data that tries to be markup, and more rows than the page draws at once. */
function listing(question: string, id: string, conversationId: string): Answer {
  return {
    ...frame(question, id, conversationId),
    sql: 'SELECT * FROM customer',
    columns: [
      { name: 'name', type: 'VARCHAR', kind: 'text' },
      { name: 'joined_on', type: 'DATE', kind: 'date' },
      { name: 'orders', type: 'BIGINT', kind: 'number' },
      { name: 'address', type: 'VARCHAR', kind: 'text' },
      { name: 'active', type: 'BOOLEAN', kind: 'boolean' },
    ],
    rows: Array.from({ length: 500 }, (_, row) => [
      row === 0 ? '<img src=x onerror="document.title=1">' : `Customer ${row}`,
      '2023-04-01',
      row * 1234,
      row % 7 === 0 ? null : `${row} Long Orchard Street, Building ${row % 9}, Greater Northfield`,
      row % 2 === 0,
    ]),
    rowCount: 500,
    truncated: true,
    chartKind: 'table',
    text: 'There are more than 500 customers.',
    warnings: ['Only the first 500 rows were read.'],
    generator: 'rules',
  }
}

function clarification(question: string, id: string, conversationId: string): Answer {
  return {
    ...frame(question, id, conversationId),
    kind: 'clarification',
    suggestions: [],
    text: 'Springfield is both a store and a city. Which one?',
    clarification: {
      question: 'Springfield is both a store and a city. Which one?',
      choices: [
        { label: 'The store Springfield', value: 'Sales of the store Springfield in 2023' },
        { label: 'The city Springfield', value: 'Sales in the city Springfield in 2023' },
      ],
    },
  }
}

function failed(question: string, id: string, conversationId: string): Answer {
  const { intent, trace, timings } = frame(question, id, conversationId)
  return {
    ok: false,
    id,
    conversationId,
    question,
    intent,
    trace,
    timings,
    warnings: [],
    suggestions: ['Total sales in 2023', 'Active stores by region'],
    error: {
      code: 'not_understood',
      phase: 'understanding',
      message: 'Nothing in this data is called "weather".',
      hints: ['The data is about sales, stores, customers and products.'],
    },
  }
}

export const recordedCatalog: Catalog = {
  dialect: 'duckdb',
  tables: [
    {
      name: 'region',
      columns: [
        {
          name: 'name',
          type: 'VARCHAR',
          kind: 'text',
          nullable: false,
          unique: true,
          values: ['North', 'South'],
          samples: ['North'],
        },
      ],
      primaryKey: ['name'],
      rowCount: 5,
    },
  ],
  relationships: [],
  version: '1',
}
