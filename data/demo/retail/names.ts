/** Word lists from which the shop chain's invented names are made. */
import { words } from '../words.js'

export const REGION_NAMES = ['North', 'South', 'East', 'West', 'Central'] as const

/** Six invented cities for each region, in the order of the regions. */
export const CITIES_BY_REGION: readonly (readonly string[])[] = [
  ['Alderby', 'Brackwell', 'Colmouth', 'Dunmere', 'Elkstow', 'Fernhaven'],
  ['Garlock', 'Hollowby', 'Ivydale', 'Kelmarsh', 'Larkfield', 'Millbrook'],
  ['Netherfold', 'Oakhurst', 'Penrose', 'Quarrington', 'Ravenholt', 'Selworth'],
  ['Thornbury', 'Umberley', 'Valewood', 'Wickham', 'Yarrowgate', 'Zellbrook'],
  ['Ashcombe', 'Birchley', 'Copperton', 'Dovercourt', 'Elmstead', 'Foxglen'],
]

export const STORE_PLACES = [
  'Market Square',
  'Riverside',
  'Station',
  'Park Lane',
  'Harbour',
  'Mall',
] as const

export const BRANDS =
  words(`Aster, Bluefin, Cobalt, Dorado, Ember, Fjord, Gable, Helio, Indigo, Juniper, Kestrel, Lumen,
  Maple, Nimbus, Orchard, Pixel, Quill, Rowan, Sable, Tundra`)

/** Repeated every year: name, discount in percent, first month and day, length in days. */
export const YEARLY_PROMOTIONS: readonly (readonly [string, number, number, number, number])[] = [
  ['New Year Clearance', 20, 1, 3, 14],
  ['Spring Refresh', 10, 3, 20, 12],
  ['Summer Kickoff', 15, 6, 10, 14],
  ['Back to School', 12, 8, 20, 16],
  ['Black Friday Week', 30, 11, 20, 9],
  ['Holiday Gifts', 15, 12, 8, 16],
]
