/** What the page says around the panels of the set-up, in German. */
import type { setUpEn } from './en.js'

export const setUpDe: typeof setUpEn = {
  panels: 'Einrichten',
  names: {
    data: 'Daten',
    schema: 'Schema',
    knowledge: 'Wissen',
    generators: 'Generatoren',
    models: 'Modelle',
  },
  purposes: {
    data: 'Wonach Sie Parley fragen können: eigene Dateien und Datenbanken und die Beispiele.',
    schema: 'Tabellen und Spalten der gewählten Daten. Was Sie dazu schreiben, hilft beim Finden.',
    knowledge: 'Was Parley über die Daten hinaus wissen soll: Texte, Begriffe, bestätigtes SQL.',
    generators: 'Was das SQL schreibt, ob es bereit ist, und zwei davon nebeneinander.',
    models: 'Das Modell, seine Adapter und wie gut sie sind.',
  },
  notLoaded: 'Dieser Bereich konnte nicht geladen werden.',
  again: 'Noch einmal',
}
