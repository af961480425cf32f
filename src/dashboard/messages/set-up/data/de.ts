/** What the panel of the datasets says, in German. */
import type { dataPanelEn } from './en.js'

export const dataPanelDe: typeof dataPanelEn = {
  cannotAdd: 'Hier kann nichts hinzugefügt werden',
  cannotAddWhy:
    'Zeilenregeln bestimmen, wer welche Zeilen der Daten dieses Dienstes sieht, und andere Daten kennen sie nicht. Um nach eigenen Daten zu fragen, starten Sie einen Dienst damit.',
  add: 'Daten hinzufügen',
  files: 'Dateien',
  drop: 'Dateien oder einen Ordner hierher ziehen',
  chooseFiles: 'Dateien wählen',
  chooseFolder: 'Ordner wählen',
  kinds: (tables, databases, most) =>
    `${tables}: zusammen ein Datensatz. ${databases}: je einer. Höchstens ${most}.`,
  leftOut: (names) => `Weggelassen, da Parley sie nicht lesen kann: ${names}.`,
  nothingReadable: 'Keine dieser Dateien ist von einer Art, die Parley lesen kann.',
  tooLarge: (bytes, most) =>
    `Diese Dateien haben zusammen ${bytes}, und auf einmal gehen höchstens ${most}. Lassen Sie einige weg, oder erhöhen Sie PARLEY_UPLOAD beim Start des Dienstes.`,
  andMore: (title, count) => `${title} und ${count} weitere`,
  waiting: 'Wartet auf die Dateien davor',
  sending: (sent, bytes, share) => `${sent} von ${bytes} gesendet, ${share}`,
  arriving: 'Gesendet; der Dienst legt sie an ihren Platz',
  stop: 'Abbrechen',
  again: 'Noch einmal',
  dismiss: 'Schließen',
  connection: 'Datenbankserver',
  connectionNote:
    'Parley liest nur: Geben Sie ihm eine Rolle, die nicht mehr darf. Das Passwort geht an den Dienst und wird nicht wieder gezeigt.',
  sparkNote:
    'Parley liest nur, aber Spark kann es nicht darauf beschränken: Nehmen Sie einen Server, durch den niemand Daten ändern kann. Das Token geht an den Dienst und wird nicht wieder gezeigt.',
  kind: 'Art',
  host: 'Host oder die ganze Adresse',
  port: 'Port',
  database: 'Datenbank',
  user: 'Benutzer',
  password: 'Passwort',
  token: 'Token',
  title: 'Name in der Liste',
  optional: 'freiwillig',
  mustEncrypt: 'Nur mit TLS verbinden',
  connect: 'Verbinden',
  connecting: 'Verbindet …',
  own: 'Ihre Daten',
  demos: 'Beispiele',
  origins: { given: 'Womit der Dienst gestartet wurde', files: 'Dateien', connection: 'Server' },
  states: {
    open: 'Bereit',
    opening: 'Wird geöffnet …',
    closed: 'Öffnet sich mit der ersten Frage',
    failed: 'Konnte nicht geöffnet werden',
  },
  indexing: (share) => `Bereit; der Suchindex wird gefüllt: ${share}`,
  chosen: 'Gewählt',
  isReady: (title) => `${title} ist bereit.`,
  askNow: (title) => `Nach ${title} fragen`,
  ask: 'Fragen',
  schema: 'Tabellen',
  remove: 'Entfernen',
  of: (action, title) => `${action}: ${title}`,
  removeHeading: (title) => `„${title}“ entfernen?`,
  removeFiles:
    'Die gesendeten Dateien werden beim Dienst gelöscht. Das lässt sich nicht rückgängig machen.',
  removeConnection:
    'Parley vergisst die Adresse und ihr Passwort. Die Datenbank selbst bleibt, wie sie ist.',
}
