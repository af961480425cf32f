/** First and last names from which the demos' invented people are made. */
import type { Random } from '../random.js'
import { words } from './words.js'

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

export function inventName(random: Random): string {
  return `${random.pick(FIRST_NAMES)} ${random.pick(LAST_NAMES)}`
}

/** An address that nobody can have; the number keeps namesakes apart. */
export function emailOf(name: string, id: number): string {
  return `${name.replace(' ', '.')}.${id}@example.com`.toLowerCase()
}
