/** What the panel of documents, terms and approved SQL says, in German. */
import type { KnowledgeWords } from './en.js'

export const knowledgePanelDe: KnowledgeWords = {
  kinds: 'Arten von Wissen',
  names: { documents: 'Dokumente', terms: 'Begriffe', pairs: 'Freigegebenes SQL' },
  purposes: {
    documents:
      'Texte über die Daten, etwa wie eine Kennzahl berechnet wird. Sie helfen, die genannten Tabellen zu finden.',
    terms: 'Wörter des Geschäfts und wofür jedes steht: von da an in Fragen verstanden.',
    pairs: 'SQL, das seine Frage beantwortet, sooft sie gestellt wird, vor allem anderen.',
  },
  search: {
    documents: 'Dokumente durchsuchen',
    terms: 'Begriffe durchsuchen',
    pairs: 'Fragen und SQL durchsuchen',
  },
  add: {
    documents: 'Dokument hinzufügen',
    terms: 'Begriff hinzufügen',
    pairs: 'Frage hinzufügen',
  },
  none: {
    documents: 'Noch keine Dokumente.',
    terms:
      'Noch keine Begriffe. Sagt das Geschäft „Nettoumsatz“, wo die Daten eine Spalte haben? Fügen Sie es hinzu.',
    pairs:
      'Noch nichts freigegeben. Geben Sie das SQL einer Antwort frei oder schreiben Sie es hier.',
  },
  noneFound: 'Nichts enthält diese Wörter.',
  reading: 'Wird gelesen …',
  more: 'Mehr anzeigen',
  edit: (title) => `„${title}“ bearbeiten`,
  editShort: 'Bearbeiten',
  editing: (title) => `„${title}“ ändern`,
  remove: (title) => `„${title}“ löschen`,
  removeShort: 'Löschen',
  removeHeading: {
    documents: 'Dieses Dokument löschen?',
    terms: 'Diesen Begriff löschen?',
    pairs: 'Dieses freigegebene SQL löschen?',
  },
  removeWarning: (title) =>
    `„${title}“ wird nicht mehr für Antworten verwendet. Das lässt sich nicht zurücknehmen.`,
  cancel: 'Abbrechen',
  save: 'Speichern',
  by: (key) => `von Schlüssel ${key}`,
  own: 'nur für Sie',
  also: (synonyms) => `Auch: ${synonyms}`,
  sqlOf: (question) => `SQL: ${question}`,
  forbidden:
    'Dieser Schlüssel darf fragen, aber kein Wissen ändern. Ein Schlüssel mit dem Recht „curate“ darf es.',
  meanings: {
    expression: 'eine Berechnung',
    column: 'eine Spalte',
    value: 'einen Wert in einer Spalte',
  },
  fields: {
    title: 'Titel',
    text: 'Text',
    textHint: 'Nennen Sie die Tabellen und Spalten, um die es geht.',
    term: 'Begriff',
    synonyms: 'Weitere Wörter für dasselbe',
    synonymsHint: 'Durch Kommas getrennt; kann leer bleiben.',
    table: 'Tabelle',
    meaning: 'Er steht für',
    column: 'Spalte',
    value: 'Wert',
    expression: 'Berechnung',
    expressionHint: 'SQL über Spalten der Tabelle, etwa sum(amount).',
    question: 'Frage',
    questionHint: 'Gleiche Fragen beantwortet das SQL darunter, wie auch immer sie getippt sind.',
    sql: 'SQL',
    sqlHint: 'Ein SELECT. Es wird an den Daten geprüft, bevor es behalten wird.',
    shared: 'Für alle',
  },
  export: 'Als Datei speichern',
  import: 'Datei einlesen',
  drop: 'oder hier ablegen',
  saved: (name) => `${name} gespeichert.`,
  tooLarge: 'Die Datei ist größer als 10 MB.',
  taken: (name, counts) => `Aus ${name} übernommen: ${counts}.`,
  nothingTaken: (name) => `In ${name} steht nichts zum Übernehmen.`,
  counts: {
    docs: (count, isOne) => `${count} ${isOne ? 'Dokument' : 'Dokumente'}`,
    terms: (count, isOne) => `${count} ${isOne ? 'Begriff' : 'Begriffe'}`,
    sqlPairs: (count, isOne) => `${count} ${isOne ? 'freigegebene Frage' : 'freigegebene Fragen'}`,
    descriptions: (count, isOne) => `${count} ${isOne ? 'Beschreibung' : 'Beschreibungen'}`,
  },
}
