/** What the panel of the generators says, in German. */
import type { GeneratorsWords } from './en.js'

export const generatorsPanelDe: GeneratorsWords = {
  used: 'Fragen beantwortet',
  states: {
    ready: 'Bereit',
    loading: 'Unterwegs',
    missing: 'Nicht verfügbar',
    off: 'Nicht eingerichtet',
  },
  places: {
    machine: 'Sein Modell läuft auf diesem Rechner.',
    remote: 'Sein Modell läuft anderswo.',
  },
  told: {
    values: 'Ihm dürfen gespeicherte Werte gesagt werden.',
    'schema-only': 'Ihm werden Namen und Typen gesagt, keine gespeicherten Werte.',
  },
  usedToday: (tokens) => `Heute ${tokens} Tokens verbraucht.`,
  compareHeading: 'Zwei an einer Frage vergleichen',
  compareMeans:
    'Beide antworten zugleich, jeder braucht also vielleicht länger als allein. Unter den Gesprächen bleibt davon nichts.',
  tooFew: 'Dafür müssen zwei Generatoren bereit sein.',
  question: 'Frage',
  sides: ['Erster', 'Zweiter'],
  compare: 'Vergleichen',
  stop: 'Anhalten',
  sqlOf: (name) => `SQL: ${name}`,
  rowsOf: (name) => `Ergebniszeilen: ${name}`,
  differs: 'Markierte Zeilen stehen nicht im anderen SQL.',
  keep: 'Dieses behalten',
  keepThis: (name) => `Dieses behalten: ${name}`,
  kept: 'Freigegeben: Dieses SQL beantwortet die Frage von nun an.',
  forbidden:
    'Dieser Schlüssel darf fragen, aber nicht freigeben. Ein Schlüssel mit dem Recht „curate“ darf es.',
  verdicts: {
    neither: 'Keiner hat ein Ergebnis.',
    onlyOne: (name) => `Nur ${name} hat ein Ergebnis.`,
    equal: 'Beide haben dasselbe Ergebnis.',
    reordered: 'Beide haben dieselben Zeilen, in anderer Reihenfolge.',
    columns: (left, right) =>
      `Die Ergebnisse unterscheiden sich: Das erste hat ${left} Spalten, das zweite ${right}.`,
    rows: (first, ours, second, theirs) =>
      `Die Ergebnisse unterscheiden sich: ${ours} Zeilen nur von ${first}, ${theirs} nur von ${second}.`,
    partly: 'Verglichen wurden nur die gezeigten Zeilen.',
  },
}
