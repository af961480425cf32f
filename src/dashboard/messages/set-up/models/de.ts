/** What the panel of the models says, in German. */
import type { modelsPanelEn } from './en.js'

export const modelsPanelDe: typeof modelsPanelEn = {
  inUse: 'In Gebrauch',
  base: 'Grundmodell',
  baseAlone: 'Das Grundmodell allein',
  baseAloneNote:
    'Ohne Adapter schreibt das Modell SQL, das läuft, aber meist etwas anderes beantwortet. „auto“ fragt dann nur die Regeln.',
  reasons: {
    setting: 'Die Einstellung PARLEY_ADAPTER gibt ihn vor.',
    chosen: 'Er wurde gewählt.',
    best: 'Von den passenden Adaptern hat er das beste Ergebnis.',
    bestNone: 'Kein gemessener Adapter passt zu diesem Grundmodell.',
  },
  fixed:
    'PARLEY_ADAPTER bestimmt den Adapter. Um hier zu wählen, nehmen Sie die Einstellung weg und starten Parley neu.',
  fingerprint: 'Fingerabdruck',
  loading: 'Das lokale Modell wird noch geholt oder geladen. Bis dahin antworten die Regeln.',
  missing: 'Das lokale Modell ist nicht in Gebrauch',
  refresh: 'Noch einmal nachsehen',
  rollBack: (name) => `Zurück zu: ${name}`,
  auto: 'bestes Ergebnis',
  letChoose: 'Bestes Ergebnis verwenden',
  adapters: 'Adapter',
  activate: 'Verwenden',
  activating: 'Lädt …',
  activated: (name) => `Ab der nächsten Frage in Gebrauch: ${name}.`,
  of: (action, name) => `${action}: ${name}`,
  states: {
    active: 'In Gebrauch',
    foreign: 'Für ein anderes Modell',
    missing: 'Datei fehlt',
  },
  foreignNote: (base) =>
    `Er wurde auf ${base} trainiert. Mit anderen Gewichten würde er Unsinn schreiben.`,
  missingNote: (file) => `${file} liegt nicht neben der Beschreibung.`,
  score: 'Ergebnis',
  notMeasured: 'Nicht gemessen: nur in Gebrauch, wenn er gewählt wird',
  facts: {
    origin: 'Von',
    size: 'Größe',
    exported: 'Exportiert',
    dataSets: 'Trainiert auf',
    steps: 'Schritte',
    startedFrom: 'Begonnen mit',
    validation: 'Validierung',
    sha256: 'SHA-256',
  },
  origins: { shipped: 'Parley', own: 'PARLEY_HOME/adapters' },
  validated: (loss, exact) => `Verlust ${loss}, ${exact} genau geschrieben`,
  training: 'So wurde trainiert',
  notice: 'Bedingungen und Nennungen',
  own: 'Eigene Adapter',
  ownNone: 'Noch keiner. Diese Befehle machen einen aus Fragen zu Ihren Daten:',
  ownMore: 'Diese Befehle machen noch einen:',
  scratch: 'Modelle von Grund auf',
  scratchNote:
    'Sie sind ohne Grundmodell trainiert und nehmen keinen Adapter. Der Generator „Modell von Grund auf“ schreibt mit dem besten von ihnen.',
  scratchNotMeasured: 'Nicht gemessen',
  merged: 'Verschmolzene Modelle',
  mergedNote:
    'Grundmodell und Adapter in einer Datei. PARLEY_MODEL=DATEI verwendet sie ab dem nächsten Start.',
  problems: 'Ausgelassen',
}
