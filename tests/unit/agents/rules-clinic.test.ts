/** Questions about a schema whose tables share column names: what is shown, what restricts, and what is refused. */
import { describe, expect, it } from 'vitest'
import { type Rows, settled, useAskedDatabase } from '../../support/asked-database.js'
import { clinicTables } from '../../support/clinic-tables.js'

const database = useAskedDatabase(clinicTables)

const namedBesideValue: readonly (readonly [string, Rows])[] = [
  ['How many owners have a first name of Mara?', [[1]]],
  [
    'What is the email of the owner with first name as Ines and last name as Quill?',
    [['ines@clinic.example']],
  ],
  ["What is the date of birth of every owner whose status code is 'Lapsed'?", [['1975-06-12']]],
  ['How many visits were in cancelled state?', [[1]]],
  ['How many visits of animals with species of dog were there?', [[4]]],
]

const ofTheSubject: readonly (readonly [string, Rows])[] = [
  [
    'List the first name and last name of all owners.',
    [
      ['Mara', 'Quill'],
      ['Odo', 'Fenn'],
      ['Ines', 'Quill'],
      ['Tobin', 'Ashe'],
    ],
  ],
  [
    'What are the first and last names of all vets?',
    [
      ['Hedda', 'Lorne'],
      ['Piet', 'Fenn'],
      ['Suri', 'Vale'],
    ],
  ],
  ["What is the owner's email with last name Fenn?", [['odo@clinic.example']]],
  ['Give me a list of our animals', [['Biscuit'], ['Moth'], ['Comet'], ['Pebble']]],
  ['What are the names of the animals?', [['Biscuit'], ['Moth'], ['Comet'], ['Pebble']]],
  ['What are the emails of all owners with more than one animal?', [['mara@clinic.example']]],
  [
    'What are the last names of owners with between 1000 and 3000 dollars outstanding?',
    [['Quill']],
  ],
  [
    'What are the emails of owners whose first name contains the letter b?',
    [['tobin@clinic.example']],
  ],
]

const measured: readonly (readonly [string, Rows])[] = [
  ['What is the maximum, minimum and average fee of visits?', [[90, 30, 56]]],
  ['What is the average number of animals infected by all outbreaks?', [[17]]],
  ['What is the total premium across covers?', [[305]]],
  ['What are the maximum fee, the minimum fee and the total premium?', [[90, 30, 305]]],
  ['What is the town of the vet with the highest salary?', [['Welby']]],
  ['Find the name of the animal with the lowest premium.', [['Moth']]],
  ['What are the top 2 highest fees?', [[90], [70]]],
  [
    'What are the emails of owners whose amount outstanding is above the average?',
    [['mara@clinic.example'], ['ines@clinic.example']],
  ],
]

const counted: readonly (readonly [string, Rows])[] = [
  ['Show the first names of owners with 2 animals', [['Mara']]],
  ['What is the highest, lowest and average weight of animals?', [[31, 4, 16.5]]],
  ['Find the number of owners who live in the town called Welby.', [[2]]],
  ['What is the average fee of visits for animals with species of dog?', [[62.5]]],
  [
    'How many visits does each vet have?',
    [
      ['Hedda', 3],
      ['Piet', 2],
    ],
  ],
]

const joined: readonly (readonly [string, Rows])[] = [
  [
    'What is the email of the owner with last name Fenn or first name Mara?',
    [['mara@clinic.example'], ['odo@clinic.example']],
  ],
  ['Which species have animals with a weight above 30 or below 5?', [['dog'], ['cat']]],
  ['What are the full names of the vets in Tarn?', [['Piet', 'Fenn']]],
  [
    'Show the town, code, email of the owner with first name Odo',
    [['Tarn', 'Lapsed', 'odo@clinic.example']],
  ],
  ['How many animals have the letter h in their names?', [[1]]],
  [
    'Show the species of animals and the first names of vets',
    [
      ['cat', 'Hedda'],
      ['dog', 'Hedda'],
      ['dog', 'Hedda'],
      ['dog', 'Piet'],
      ['dog', 'Piet'],
    ],
  ],
  ['How many owners have an email that contains the string odo?', [[1]]],
]

const extreme: readonly (readonly [string, Rows])[] = [
  ['Show the name and species of the animal with the maximum weight', [['Comet', 'dog']]],
  ['What are the towns of owners of the animals in visits with outcome Referred?', [['Tarn']]],
  ['Show all information about the vets in Tarn', [[2, 'Piet', 'Fenn', 'Tarn', 54]]],
]

const inOrder: readonly (readonly [string, Rows])[] = [
  ['What is the town with the highest average amount outstanding of owners?', [['Welby', 1250]]],
  [
    'List the places of outbreaks in descending order of the number of animals infected',
    [['Tarn'], ['Tarn'], ['Welby']],
  ],
]

const negated: readonly (readonly [string, Rows])[] = [
  ['What are the first names of vets who do not have any visits?', [['Suri']]],
  ['List the names of animals that are not in visits', [['Pebble']]],
  ['What is the total fee of all visits except the visits with outcome Healed?', [[160]]],
  [
    'What are the emails of owners whose first name does not contain the letter o?',
    [['mara@clinic.example'], ['ines@clinic.example']],
  ],
]

const both: readonly (readonly [string, Rows])[] = [
  [
    'What are the names of animals in visits with outcome Healed but not Referred?',
    [['Biscuit'], ['Moth']],
  ],
]

const refused: readonly (readonly [string, RegExp])[] = [
  [
    'What is the email of the Regular owner with last name Fenn or first name Mara?',
    /only values of one column can be alternatives/i,
  ],
  [
    'Which towns have owners with an amount outstanding above 2000 and owners with an amount outstanding below 500?',
    /cannot have two values of amount_outstanding/i,
  ],
  ['Which last names are used by both owners and vets?', /both|last name|owners|vets/i],
  ['What is the total amount of visits?', /total amount of|not clear/i],
  ['Who is the tallest owner?', /tallest/i],
  ['What is the total weight of the top 2 animals with the highest weight?', /weight/i],
  ['What are the names of the vets and of the outbreaks?', /outbreaks|one row|name/i],
  ['Which owner has the latest animal?', /not clear/i],
  ['What are the subjects of letters signed by the vet with last name Vale?', /more than one way/i],
  ['How many owners live in the US?', /“US”/],
]

describe('rules on tables that share the names of their columns', () => {
  it.each(namedBesideValue)('take the name beside a value for the filter: "%s"', answers)
  it.each(ofTheSubject)('show the columns of the table the question is about: "%s"', answers)
  it.each(measured)('tell figures of rows from figures over them: "%s"', answers)
  it.each(counted)('count and compare what is named: "%s"', answers)
  it.each(joined)('join conditions and names as the question does: "%s"', answers)
  it.each(extreme)('find the rows that are meant: "%s"', answers)
  it.each(both)('keep what is said beside a denial: "%s"', answers)
  it.each(negated)('keep what a question denies: "%s"', answers)

  it('keeps alternatives together when a follow-up narrows them', async () => {
    const either = database.read('Which species have animals with a weight above 30 or below 5?')
    const narrowed = database.read('only the dogs', { previous: either })
    expect(await database.answer('only the dogs', narrowed)).toEqual([['dog', 'Comet']])
  })

  it.each(inOrder)('order by what the question names: "%s"', async (question, rows) => {
    expect(await database.ask(question)).toEqual(rows)
  })

  it.each(refused)('refuse what they would answer by half: "%s"', async (question, reason) => {
    expect(await database.ask(question)).toMatch(reason)
  })
})

async function answers(question: string, rows: Rows): Promise<void> {
  expect(settled(await database.ask(question))).toEqual(settled(rows))
}
