/** The English of questions: phrases that say what to do with the names around them. Knows no schema. */
import { age, height, length, place, price, size, time, weight } from './concepts.js'
import type { Cue } from './cue.js'

/** Longest phrase wins where several match. */
const phrasesByCue: readonly (readonly [Cue, string])[] = [
  [
    { kind: 'how_many' },
    'how many|number of|count of|headcount of|headcount|total number of|the count|no of|# of|# ',
  ],
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
  [{ kind: 'rank', direction: 'asc', concept: ['age', ...time] }, 'oldest'],
  [{ kind: 'rank', direction: 'desc', concept: ['age', ...time] }, 'youngest'],
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
    'descending|desc|in descending order|highest first|from high to low|from highest to lowest',
  ],
  [
    { kind: 'direction', direction: 'asc' },
    'ascending|asc|in ascending order|lowest first|from low to high|from lowest to highest',
  ],
  [
    { kind: 'compare' },
    'vs|versus|compare|compared to|compared with|against|comparison of|comparison|comparing|separately|respectively|individually|differ',
  ],
  [
    { kind: 'share' },
    'share of|percentage of|percent of|proportion of|% of|fraction of|share|percentage|proportion|percent|what share|what percentage|what percent|%|portion of|portion|what portion|what portion of|what proportion|what fraction',
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
    'the substring|substring|the string|string|the phrase|the letter|the letters|letter|letters|the word|word|named|called|containing|contains|contain|with the word|whose name contains|with the name|whose name is|name includes|like',
  ],
  [
    { kind: 'match', pattern: 'starts' },
    'starting with|starts with|beginning with|begins with|start with|begin with',
  ],
  [{ kind: 'match', pattern: 'ends' }, 'ending with|ends with|ending in|ends in|end with'],
  [{ kind: 'rank', direction: 'desc', profit: true }, 'most profitable'],
  [{ kind: 'rank', direction: 'asc', profit: true }, 'least profitable'],
  [
    { kind: 'performance' },
    'how well|how did|how are we|how is|how are things|how was|how were|how are|how have we',
  ],
  [{ kind: 'spread' }, 'distribution of|histogram of|spread of|histogram'],
  [
    { kind: 'order', direction: 'desc', concept: time },
    'newest first|latest first|most recent first',
  ],
  [{ kind: 'order', direction: 'asc', concept: time }, 'oldest first|earliest first'],
  [{ kind: 'order', direction: 'desc', concept: size }, 'biggest first|largest first'],
  [{ kind: 'order', direction: 'asc', concept: size }, 'smallest first'],
  [{ kind: 'order', direction: 'desc', concept: price }, 'most expensive first'],
  [{ kind: 'order', direction: 'asc', concept: price }, 'cheapest first'],
  [{ kind: 'weekend' }, 'weekend|weekends|on weekends|at the weekend|on the weekend'],
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
    'without|with no|have no|has no|had no|never|no|without any|did not have|do not have|does not have|who never|that never|not have|missing|lacking|nobody|no one|none of|without a|without an|with no|not any|who did not|that did not|not a single|did not have a single|have not had a single|without a single|not even one|who have not|who have never|that have never|which have never',
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
    'list|be so kind as to|so kind as to|show|show me|display|give me|find|get|tell me|what are|list all|show all|return|fetch|pull up|pull|i want|i need|i would like|see|view|what is|what was|what were|whats',
  ],
  [{ kind: 'which' }, 'which|what|whose'],
  [{ kind: 'who' }, 'who|whom'],
  [{ kind: 'when' }, 'when|when did|when was|when were|on what date|on which date|what date'],
  [
    { kind: 'chart' },
    'as a bar chart|as a line chart|as a pie chart|as a table|bar chart|line chart|pie chart|pie|chart|plot|graph|draw|as a chart|visualize|visualise|as bars|as a pie|scatter|scatter plot|area chart|heat map|heatmap|as a line|as a graph|in a table|in a chart|table of',
  ],
  [{ kind: 'possession' }, 'with|having|that have|that has|who have|who has|have|has|had'],
]

export const cuePhrases: readonly { readonly cue: Cue; readonly words: readonly string[] }[] =
  phrasesByCue.flatMap(([cue, phrases]) =>
    phrases.split('|').map((phrase) => ({ cue, words: phrase.trim().split(' ') })),
  )
