/** The English of questions: phrases that say what to do with the names around them. Knows no schema. */
import { stem } from '../../rag/words.js'
import type { Aggregate, Comparator } from './entities.js'

export type Cue =
  | { readonly kind: 'aggregate'; readonly aggregate: Aggregate }
  | { readonly kind: 'distinct' }
  | { readonly kind: 'group' }
  | {
      readonly kind: 'rank'
      readonly direction: 'asc' | 'desc'
      /** What an adjective measures, as words to look for among columns. */
      readonly concept?: readonly string[]
      /** Asks for all in order, not for the first few. */
      readonly unlimited?: boolean
      /** Ranks by how many rows there are: "most often". */
      readonly often?: boolean
      /** Ranks by what is left after costs. */
      readonly profit?: boolean
    }
  | { readonly kind: 'order'; readonly direction?: 'asc' | 'desc' }
  | { readonly kind: 'direction'; readonly direction: 'asc' | 'desc' }
  | { readonly kind: 'compare' }
  | { readonly kind: 'share' }
  | { readonly kind: 'growth' }
  | { readonly kind: 'cumulative' }
  /** "second best": how many better ones are left out. */
  | { readonly kind: 'nth'; readonly offset: number }
  | { readonly kind: 'in_name' }
  | { readonly kind: 'difference' }
  /** "how big", "where": asks for the column a concept measures or names. */
  | { readonly kind: 'ask'; readonly concept: readonly string[] }
  /** "containing", "starting with": the next word is part of a text. */
  | { readonly kind: 'match'; readonly pattern: 'contains' | 'starts' | 'ends' }
  | { readonly kind: 'trend' }
  | { readonly kind: 'negate' }
  | { readonly kind: 'absent' }
  | {
      readonly kind: 'comparator'
      readonly comparator: Comparator
      readonly concept?: readonly string[]
    }
  | { readonly kind: 'between' }
  | { readonly kind: 'list' }
  | { readonly kind: 'which' }
  | { readonly kind: 'who' }
  | { readonly kind: 'how_many' }
  | { readonly kind: 'when' }
  | { readonly kind: 'chart' }
  | { readonly kind: 'possession' }

const size = ['size', 'area', 'surface', 'amount', 'total', 'population', 'capacity', 'volume']
const price = ['price', 'cost', 'fee', 'amount']
const time = ['date', 'year', 'time', 'birth', 'founded', 'open', 'launch', 'join', 'created']
const length = ['length', 'duration', 'distance', 'height', 'minutes', 'time']
const age = ['age', 'birth', 'founded', 'year']
const weight = ['weight', 'mass']
const height = ['height', 'elevation', 'altitude']

const place = ['city', 'town', 'location', 'address', 'country', 'place', 'region', 'state']

/** Longest phrase wins where several match. */
const phrasesByCue: readonly (readonly [Cue, string])[] = [
  [{ kind: 'how_many' }, 'how many|number of|count of|total number of|the count|no of|# of|# '],
  [{ kind: 'aggregate', aggregate: 'count' }, 'count'],
  [
    { kind: 'aggregate', aggregate: 'sum' },
    'total|sum of|sum|overall|combined|how much|total amount of|in total',
  ],
  [{ kind: 'aggregate', aggregate: 'avg' }, 'average|avg|mean|typical|on average|average of'],
  [{ kind: 'aggregate', aggregate: 'median' }, 'median'],
  [{ kind: 'aggregate', aggregate: 'max' }, 'maximum|max'],
  [{ kind: 'aggregate', aggregate: 'min' }, 'minimum|min'],
  [{ kind: 'distinct' }, 'distinct|unique|different'],
  [
    { kind: 'group' },
    'by|per|for each|for every|each|every|grouped by|group by|broken down by|break down by|split by|across|breakdown by|in each|by each|at each|of each|within each|divided by|breakdown of|split between|split among|split over|split into|distributed over|distributed across|distributed among|divided between|spread over|spread across',
  ],
  [
    { kind: 'rank', direction: 'desc' },
    'top|best|highest|most|greatest|maximal|strongest|leading|most valuable|most successful|most important|best selling|best performing|top selling|top performing',
  ],
  [
    { kind: 'rank', direction: 'asc' },
    'bottom|worst|lowest|fewest|least|weakest|least valuable|worst selling|worst performing|lowest performing',
  ],
  [{ kind: 'rank', direction: 'desc', concept: size }, 'largest|biggest'],
  [{ kind: 'rank', direction: 'asc', concept: size }, 'smallest|tiniest'],
  [
    { kind: 'rank', direction: 'desc', concept: price },
    'most expensive|priciest|costliest|dearest',
  ],
  [{ kind: 'rank', direction: 'asc', concept: price }, 'cheapest|least expensive'],
  [
    { kind: 'rank', direction: 'desc', concept: time },
    'latest|newest|most recent|last|most recently',
  ],
  [{ kind: 'rank', direction: 'asc', concept: time }, 'earliest|first'],
  [{ kind: 'rank', direction: 'desc', concept: age }, 'eldest'],
  [{ kind: 'rank', direction: 'asc', concept: [...time, 'age'] }, 'oldest'],
  [{ kind: 'rank', direction: 'desc', concept: [...time, 'age'] }, 'youngest'],
  [{ kind: 'rank', direction: 'desc', concept: length }, 'longest'],
  [{ kind: 'rank', direction: 'asc', concept: length }, 'shortest'],
  [{ kind: 'rank', direction: 'desc', concept: weight }, 'heaviest'],
  [{ kind: 'rank', direction: 'asc', concept: weight }, 'lightest'],
  [{ kind: 'rank', direction: 'desc', concept: height }, 'tallest'],
  [{ kind: 'rank', direction: 'desc', unlimited: true }, 'rank|rank the|ranking of|ranking of the'],
  [
    { kind: 'order' },
    'sorted by|ordered by|order by|sort by|ranked by|rank by|in order of|in the order of|order of|listed by|arranged by|sort|sorted|arrange|ordered',
  ],
  [
    { kind: 'order', direction: 'desc' },
    'in descending order of|in descending order by|in decreasing order of|descending by|by descending|from highest to lowest by',
  ],
  [
    { kind: 'order', direction: 'asc' },
    'in ascending order of|in ascending order by|in increasing order of|in alphabetical order of|in the alphabetical order of|in alphabetical order by|alphabetically by|by ascending|in lexicographical order of|ascending by',
  ],
  [
    { kind: 'order', direction: 'asc' },
    'alphabetically|in alphabetical order|in chronological order|chronologically',
  ],
  [
    { kind: 'direction', direction: 'desc' },
    'descending|desc|in descending order|highest first|largest first|newest first|from high to low|from highest to lowest',
  ],
  [
    { kind: 'direction', direction: 'asc' },
    'ascending|asc|in ascending order|lowest first|smallest first|oldest first|from low to high|from lowest to highest',
  ],
  [
    { kind: 'compare' },
    'vs|versus|compare|compared to|compared with|against|comparison of|comparison|comparing|differ',
  ],
  [
    { kind: 'share' },
    'share of|percentage of|percent of|proportion of|% of|fraction of|share|percentage|proportion|percent|what share|what percentage|what percent|%',
  ],
  [
    { kind: 'growth' },
    'growth|grow|grew|growth rate|percentage change|percent change|change in|percentage growth|growth of|growth in|change|changed|change of|increase in|by how much|increase|increased|decrease|decreased|year over year growth|yoy growth|yoy',
  ],
  [
    { kind: 'difference' },
    'difference between|difference in|difference|how much more|how many more|how much less|how many fewer',
  ],
  [{ kind: 'ask', concept: size }, 'how big|how large'],
  [{ kind: 'ask', concept: price }, 'how expensive|how much does|how much do|how much is'],
  [{ kind: 'ask', concept: length }, 'how long'],
  [{ kind: 'ask', concept: [...age, ...time] }, 'how old'],
  [{ kind: 'ask', concept: height }, 'how tall|how high'],
  [{ kind: 'ask', concept: weight }, 'how heavy'],
  [{ kind: 'ask', concept: place }, 'where|where is|where are|where does|where do'],
  [
    { kind: 'match', pattern: 'contains' },
    'named|called|containing|contains|contain|with the word|whose name contains|with the name|whose name is|name includes|like',
  ],
  [
    { kind: 'match', pattern: 'starts' },
    'starting with|starts with|beginning with|begins with|start with|begin with',
  ],
  [{ kind: 'match', pattern: 'ends' }, 'ending with|ends with|ending in|ends in|end with'],
  [{ kind: 'rank', direction: 'desc', profit: true }, 'most profitable'],
  [{ kind: 'rank', direction: 'asc', profit: true }, 'least profitable'],
  [{ kind: 'cumulative' }, 'cumulative|cumulated|running total|running total of|running'],
  [{ kind: 'nth', offset: 1 }, 'second|2nd'],
  [{ kind: 'nth', offset: 2 }, 'third|3rd'],
  [
    { kind: 'in_name' },
    'in the name|in their name|in its name|in the title|in their title|in its title|in their names',
  ],
  [
    { kind: 'rank', direction: 'desc', often: true },
    'most often|most frequently|most frequent|most popular|most common|the most times|busiest|most active|most loyal',
  ],
  [
    { kind: 'rank', direction: 'asc', often: true },
    'least often|least frequently|least frequent|least popular|least common|quietest|least active',
  ],
  [{ kind: 'rank', direction: 'desc' }, 'more|higher|better|bigger|larger'],
  [{ kind: 'rank', direction: 'asc' }, 'less|lower|fewer|worse|smaller'],
  [
    { kind: 'trend' },
    'trend|over time|trends|evolution|develop|developed|development|evolve|evolved|changed over time|history of|timeline',
  ],
  [
    { kind: 'negate' },
    'not|excluding|except|exclude|other than|except for|outside|apart from|but not|aside from|not in|outside of|non|ignoring|leaving out',
  ],
  [
    { kind: 'absent' },
    'without|with no|have no|has no|had no|never|no|without any|did not have|do not have|does not have|who never|that never|not have|missing|lacking|nobody|no one|none of|without a|without an|with no|not any|who did not|that did not|who have not|who have never|that have never|which have never',
  ],
  [
    { kind: 'comparator', comparator: '>' },
    'more than|greater than|higher than|over|above|exceeding|exceeds|exceed|> ',
  ],
  [
    { kind: 'comparator', comparator: '>=' },
    'at least|no less than|not less than|minimum of|or more|>=',
  ],
  [{ kind: 'comparator', comparator: '<' }, 'less than|under|below|fewer than|lower than|< '],
  [
    { kind: 'comparator', comparator: '<=' },
    'at most|no more than|not more than|maximum of|or less|or fewer|<=',
  ],
  [{ kind: 'comparator', comparator: '=' }, 'exactly|equal to|equals|= '],
  [{ kind: 'comparator', comparator: '<>' }, 'not equal to|<>|!='],
  [
    { kind: 'comparator', comparator: '>', concept: price },
    'more expensive than|costing more than|costs more than|cost more than|priced above|priced over|pricier than',
  ],
  [
    { kind: 'comparator', comparator: '<', concept: price },
    'cheaper than|costing less than|costs less than|cost less than|priced below|priced under',
  ],
  [{ kind: 'comparator', comparator: '>', concept: length }, 'longer than'],
  [{ kind: 'comparator', comparator: '<', concept: length }, 'shorter than'],
  [{ kind: 'comparator', comparator: '>', concept: ['age'] }, 'older than'],
  [{ kind: 'comparator', comparator: '<', concept: ['age'] }, 'younger than'],
  [{ kind: 'comparator', comparator: '>', concept: size }, 'bigger than|larger than'],
  [{ kind: 'comparator', comparator: '<', concept: size }, 'smaller than'],
  [{ kind: 'comparator', comparator: '>', concept: height }, 'taller than'],
  [{ kind: 'comparator', comparator: '>', concept: weight }, 'heavier than'],
  [{ kind: 'between' }, 'between'],
  [
    { kind: 'list' },
    'list|show|show me|display|give me|find|get|tell me|what are|list all|show all|return|fetch|pull up|pull|i want|i need|i would like|see|view|what is|what was|what were|whats',
  ],
  [{ kind: 'which' }, 'which|what|whose'],
  [{ kind: 'who' }, 'who|whom'],
  [{ kind: 'when' }, 'when|when did|when was|when were|on what date|on which date|what date'],
  [
    { kind: 'chart' },
    'as a bar chart|as a line chart|as a pie chart|as a table|bar chart|line chart|pie chart|pie|chart|plot|graph|draw|as a chart|visualize|visualise|as bars|as a pie|histogram|scatter|scatter plot|area chart|heat map|heatmap|as a line|as a graph|in a table|in a chart|table of',
  ],
  [{ kind: 'possession' }, 'with|having|that have|that has|who have|who has|have|has|had'],
]

export const cuePhrases: readonly { readonly cue: Cue; readonly words: readonly string[] }[] =
  phrasesByCue.flatMap(([cue, phrases]) =>
    phrases.split('|').map((phrase) => ({ cue, words: phrase.trim().split(' ') })),
  )

/** Words that carry no request of their own: grammar, courtesy, talk about data as such, and verbs that only connect names. */
export const fillerWords: ReadonlySet<string> = new Set(
  `a an the of in on at to for from and or is are was were be been being am do does did done can could
  would should will shall may might must i we you they he she it its our ours us my me your their them this that
  these those there here please pls kindly hi hello hey thanks thank so then than as with into about all any
  some just only also too very really actually currently now still already ever yet again
  need know let help question wonder wondering curious quick quickly much many such both else if though
  respective respectively altogether data database catalogue catalog warehouse dataset file system
  values value records record rows row entries entry results result numbers number figures figure stats
  statistics information info details detail name names list amount year years month months
  quarter quarters week weeks day days date dates time times period during within when where who whom whose which
  what how why because due since whether exist exists existing available total overall count
  across between among through throughout over up out off far along around against regarding concerning
  ones one way kind kinds type types sort sorts different terms total
  s t d ll ve re not no more less most whole entire full complete single individual combined together exactly
  roughly approximately nearly almost ok okay well something anything everything someone anyone everyone
  first last next previous recent recently ago end start beginning middle current currently
  calculate compute say says called named spread distribution distributed broken down split
  break breakdown group grouped ordered sorted order rank ranked ranking comparison versus vs
  did better worse good bad best worst compared popular important typical usual
  floor square metre metres meter meters sqm feet foot ft kg percent percentage euro euros dollar dollars usd eur
  currency units-of biggest largest highest lowest smallest each every per by
  want wanted wants wish like liked likes love see saw seen look looks looked looking show shows shown tell told
  give gives gave given get gets got find finds found display displays present presents print prints output
  happen happens happened happening take takes took taken make makes made come comes came go goes went gone
  occur occurs occurred belong belongs belonged relate relates related locate located base based using use used uses
  work works worked working own owns owned keep keeps kept hold holds held include includes included including
  contain contains contained perform performs performed performing performance serve serves served serving
  run runs ran running place places placed receive receives received pay pays paid paying start starts started
  begin begins began end ends ended live lives lived living stay stays stayed generate generates generated
  produce produces produced bring brings brought earn earns earned achieve achieves achieved reach reaches reached
  record recorded register registered create creates created add adds added appear appears appeared
  change changes changed stand stands stood lie lies total worth cost costs provide provides provided offer offers offered
  attend attends attended participate participated involve involved associate associated correspond corresponding
  ask asked think thought consider considered mean means meant concern concerned account accounted accounts
  evolve evolved develop developed move moved turn turned set sets put puts call calls
  everything everybody nobody anybody thing things stuff case cases part parts piece pieces
  ever never always often usually mostly mainly particular specific certain given own same other others another
  frequently frequent often listed retrieve arrange past early late later processed shared used address addresses way ways people person money away new instead pass passed m2 m² kg km ratio-of gross net actual actually whatever morning today tonight currently nowadays please-can whats hows wheres`
    .split(/\s+/)
    .filter(Boolean),
)

/** Everyday words for money taken in; they stand for the principal amount of a table of transactions. */
export const revenueWords = new Set([
  'sale',
  'sales',
  'revenue',
  'revenues',
  'turnover',
  'income',
  'takings',
  'earnings',
  'spend',
  'spent',
  'spending',
])

/** Everyday words for what is left of money taken in after the cost of what was sold. */
export const profitWords: ReadonlySet<string> = new Set(['profit', 'profits', 'margin', 'margins'])

/** Verbs of trade: they point at a table of transactions without naming it. */
export const tradeVerbs: ReadonlySet<string> = new Set(
  'buy bought buys buying purchased purchasing sell sold sells selling ordered ordering shopped'.split(
    ' ',
  ),
)

/** Everyday names for one transaction. */
export const tradeNouns: ReadonlySet<string> = new Set(
  'order orders purchase purchases transaction transactions basket baskets ticket tickets receipt receipts sale sales invoice invoices'.split(
    ' ',
  ),
)

/** Stems of the names of tables that hold transactions. */
export const tradeTables: readonly string[] = [
  'sale',
  'order',
  'purchase',
  'transaction',
  'invoice',
  'booking',
].map(stem)

/** What a number's unit measures, as words to look for among columns. */
export const unitConcepts: Readonly<Record<string, readonly string[]>> = {
  sqm: size,
  m2: size,
  'm²': size,
  square: size,
  kg: weight,
  kilos: weight,
  km: length,
  miles: length,
  minutes: length,
  hours: length,
  euro: price,
  euros: price,
  eur: price,
  dollar: price,
  dollars: price,
  usd: price,
}

/** Stems of the names of tables that "who" asks about, likeliest first. */
export const personTables: readonly string[] = [
  'customer',
  'client',
  'buyer',
  'user',
  'member',
  'employee',
  'staff',
  'person',
  'people',
  'student',
  'player',
  'teacher',
  'patient',
  'author',
  'artist',
  'singer',
  'driver',
  'guest',
  'passenger',
  'owner',
  'supplier',
].map(stem)

/** Words of column names whose values add up over rows, and of those that do not. */
export const additiveWords: ReadonlySet<string> = new Set(
  'amount total quantity qty revenue sale sales unit units count cost spend volume paid payment profit hours minutes refund income turnover budget salary target votes points number num goals sum value gdp population'
    .split(' ')
    .map(stem),
)
export const averagedWords: ReadonlySet<string> = new Set(
  'price rate rating age size area percent percentage pct ratio score height weight temperature year latitude longitude grade speed duration length distance capacity'
    .split(' ')
    .map(stem),
)
