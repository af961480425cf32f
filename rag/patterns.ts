/** Shapes of questions and the SQL that answers them, without any table's or column's real name. */

export interface QuestionPattern {
  /** Stable; part of the document's id. */
  readonly name: string
  /** How such questions are put. */
  readonly shape: string
  /** Join-free SQL over stand-in names: `fact` has the rows, `dimension` is joined by a key. */
  readonly sql: string
}

export const questionPatterns: readonly QuestionPattern[] = [
  {
    name: 'count',
    shape: 'How many rows are there? Number of things in total.',
    sql: 'select count(*) from fact',
  },
  {
    name: 'count-where',
    shape: 'How many things have a given status, type or name?',
    sql: "select count(*) from fact where fact.status = 'value'",
  },
  {
    name: 'count-distinct',
    shape: 'How many different, distinct or unique things are there?',
    sql: 'select count(distinct fact.code) from fact',
  },
  {
    name: 'total',
    shape: 'Total or sum of an amount.',
    sql: 'select sum(fact.amount) from fact',
  },
  {
    name: 'average',
    shape: 'Average or mean of an amount.',
    sql: 'select avg(fact.amount) from fact',
  },
  {
    name: 'extremes',
    shape: 'Smallest and largest, minimum and maximum, earliest and latest value.',
    sql: 'select min(fact.amount), max(fact.amount) from fact',
  },
  {
    name: 'total-in-period',
    shape: 'Total amount in a year, quarter or month.',
    sql: "select sum(fact.amount) from fact where fact.day >= date '2020-01-01' and fact.day < date '2021-01-01'",
  },
  {
    name: 'total-by-group',
    shape: 'Total amount by group, per group or for each group.',
    sql: 'select dimension.name, sum(fact.amount) as total from fact group by dimension.name order by total desc',
  },
  {
    name: 'count-by-group',
    shape: 'Number of things by group, per type or for each kind; breakdown or distribution.',
    sql: 'select dimension.name, count(*) as number from fact group by dimension.name order by number desc',
  },
  {
    name: 'top-groups',
    shape: 'Top five, best or highest groups by amount; which group has the most?',
    sql: 'select dimension.name, sum(fact.amount) as total from fact group by dimension.name order by total desc limit 5',
  },
  {
    name: 'bottom-groups',
    shape: 'Bottom, worst or lowest groups by amount; which group has the least?',
    sql: 'select dimension.name, sum(fact.amount) as total from fact group by dimension.name order by total asc limit 5',
  },
  {
    name: 'trend-by-month',
    shape: 'Amount by month or over time; monthly trend or development.',
    sql: "select date_trunc('month', fact.day) as month, sum(fact.amount) as total from fact group by month order by month",
  },
  {
    name: 'compare-years',
    shape: 'Compare one year with another year, by month; this year versus last year.',
    sql: "select extract(month from fact.day) as month, sum(case when fact.day < date '2021-01-01' then fact.amount end) as earlier, sum(case when fact.day >= date '2021-01-01' then fact.amount end) as later from fact where fact.day >= date '2020-01-01' and fact.day < date '2022-01-01' group by month order by month",
  },
  {
    name: 'share',
    shape: 'Share, percentage or proportion of each group in the whole.',
    sql: 'select dimension.name, 100.0 * sum(fact.amount) / sum(sum(fact.amount)) over () as percent from fact group by dimension.name order by percent desc',
  },
  {
    name: 'rate',
    shape: 'Rate or percentage of things that meet a condition.',
    sql: "select 100.0 * count(*) filter (where fact.status = 'value') / count(*) as percent from fact",
  },
  {
    name: 'ratio',
    shape: 'One amount per other amount; ratio, margin or average per unit.',
    sql: 'select sum(fact.amount) / nullif(sum(fact.units), 0) as ratio from fact',
  },
  {
    name: 'having',
    shape: 'Groups with more than, at least or fewer than a number of things.',
    sql: 'select dimension.name, count(*) as number from fact group by dimension.name having count(*) > 10 order by number desc',
  },
  {
    name: 'without',
    shape: 'Things that have no, never had or are without any related rows.',
    sql: 'select dimension.name from dimension where not exists (select 1 from fact where fact.dimension_id = dimension.id)',
  },
  {
    name: 'above-average',
    shape: 'Things above or below the average.',
    sql: 'select fact.name, fact.amount from fact where fact.amount > (select avg(fact.amount) from fact) order by fact.amount desc',
  },
  {
    name: 'listing',
    shape: 'List or show the names and details of things that meet a condition.',
    sql: "select fact.name, fact.day from fact where fact.status = 'value' order by fact.name",
  },
  {
    name: 'latest',
    shape: 'Latest, newest, most recent, oldest or first things.',
    sql: 'select fact.name, fact.day from fact order by fact.day desc limit 10',
  },
  {
    name: 'growth',
    shape: 'Growth, increase or change from one period to the next.',
    sql: "select date_trunc('month', fact.day) as month, sum(fact.amount) as total, sum(fact.amount) - lag(sum(fact.amount)) over (order by date_trunc('month', fact.day)) as change from fact group by month order by month",
  },
]
