/** What the page says around the panels of the set-up, in English. */

export const setUpEn = {
  panels: 'Set up',
  names: {
    data: 'Data',
    schema: 'Schema',
    knowledge: 'Knowledge',
    generators: 'Generators',
    models: 'Models',
    reports: 'Reports',
  },
  /** In a sentence, below the name. */
  purposes: {
    data: 'What Parley can be asked about: files and databases of your own, and the demos.',
    schema: 'Tables and columns of the chosen data. What you write about them helps to find them.',
    knowledge: 'What Parley should know beyond the data: documents, terms and approved SQL.',
    generators: 'What writes the SQL, whether it is ready, and two of them side by side.',
    models: 'The local model, the adapters that it can have, and which one is in use.',
    reports:
      'How often it is right, and how training went: evaluations and training runs as pictures.',
  },
  notLoaded: 'This panel could not be loaded.',
  again: 'Try again',
}

export type PanelName = keyof (typeof setUpEn)['names']
