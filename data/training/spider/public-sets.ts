/** The public sets that the commands read: where their authors publish them, and how to lay them out. */

export interface PublicSet {
  readonly name: string
  readonly holds: string
  /** Project pages in words; people find them better than links last. */
  readonly from: string
  readonly licence: string
  /** Files and folders that the commands expect, relative to the set's own folder. */
  readonly layout: readonly string[]
}

export const publicSets: readonly PublicSet[] = [
  {
    name: 'spider',
    holds: 'questions with SQL on 166 databases in SQLite',
    from: 'Yale LILY, yale-lily.github.io/spider, link "Spider Dataset"',
    licence: 'CC BY-SA 4.0',
    layout: [
      'train_spider.json',
      'train_others.json',
      'dev.json',
      'tables.json',
      'database/NAME/NAME.sqlite',
    ],
  },
  {
    name: 'spider-syn',
    holds: "Spider's questions with synonyms",
    from: 'the project Spider-Syn of its authors, Gan and others, 2021',
    licence: 'MIT',
    layout: ['train_spider_syn.json', 'dev_syn.json'],
  },
  {
    name: 'nvbench',
    holds: "questions for charts, on Spider's databases",
    from: 'the project nvBench of its authors, Luo and others, 2021, sites.google.com/view/nvbench',
    licence: 'MIT',
    layout: ['NVBench.json'],
  },
  {
    name: 'cosql',
    holds: "dialogues on Spider's databases",
    from: 'Yale LILY, yale-lily.github.io/cosql',
    licence: 'CC BY-SA 4.0',
    layout: ['cosql_train.json'],
  },
  {
    name: 'wikisql',
    holds: 'questions on single tables',
    from: 'the project WikiSQL of its authors, Zhong and others, 2017',
    licence: 'BSD 3-Clause',
    layout: ['dev.jsonl', 'dev.tables.jsonl', 'dev.db'],
  },
  {
    name: 'bird',
    holds: 'harder questions, with what one must know',
    from: 'the BIRD benchmark, bird-bench.github.io',
    licence: 'CC BY-SA 4.0',
    layout: ['dev.json', 'dev_databases/NAME/NAME.sqlite'],
  },
]
