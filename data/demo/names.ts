/** Word lists from which the demo's invented names are made. */

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

export const FIRST_NAMES =
  words(`Ada, Ahmed, Aisha, Alice, Amir, Ana, Anton, Bea, Ben, Bruno, Carla, Chen, Clara, Daniel, Diego,
  Elena, Emil, Emma, Farid, Felix, Fiona, Grace, Hana, Hugo, Ines, Isak, Ivan, Jamal, Jana, Jonas,
  Julia, Kai, Katya, Kofi, Lars, Laura, Leila, Leo, Lina, Luca, Maja, Marco, Maria, Mateo, Maya,
  Mina, Nadia, Nils, Noah, Nora, Olga, Omar, Oscar, Paula, Pedro, Priya, Rafael, Rosa, Samir,
  Sara, Sofia, Tariq, Theo, Vera, Victor, Wei, Yara, Yusuf, Zoe, Zuri`)

export const LAST_NAMES =
  words(`Abbott, Adeyemi, Alvarez, Andersen, Baker, Barros, Becker, Bell, Bianchi, Brandt, Bright,
  Carter, Castro, Chandra, Cohen, Costa, Dahl, Das, Diaz, Dubois, Eriksen, Farrow, Fischer,
  Flores, Fontaine, Garcia, Gomez, Grant, Gruber, Haddad, Hansen, Hassan, Hughes, Ibrahim, Ito,
  Jansen, Kaya, Keller, Khan, Kim, Kowalski, Larsen, Lind, Lopez, Mancini, Marsh, Meyer, Mohan,
  Moreau, Moretti, Mori, Nakamura, Ndiaye, Novak, Okafor, Olsen, Ortega, Park, Patel, Pereira,
  Petrov, Quinn, Ramos, Reyes, Richter, Rossi, Sato, Schmidt, Silva, Singh, Sousa, Stein,
  Svensson, Tanaka, Torres, Vargas, Vogel, Wagner, Walsh, Wong, Young, Zhang`)

/** Repeated every year: name, discount in percent, first month and day, length in days. */
export const YEARLY_PROMOTIONS: readonly (readonly [string, number, number, number, number])[] = [
  ['New Year Clearance', 20, 1, 3, 14],
  ['Spring Refresh', 10, 3, 20, 12],
  ['Summer Kickoff', 15, 6, 10, 14],
  ['Back to School', 12, 8, 20, 16],
  ['Black Friday Week', 30, 11, 20, 9],
  ['Holiday Gifts', 15, 12, 8, 16],
]

/** Splits a comma-separated list, which may run over several lines. */
export function words(text: string): readonly string[] {
  return text.split(/,\s*/)
}
