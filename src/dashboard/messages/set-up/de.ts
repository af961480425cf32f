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
    reports: 'Berichte',
  },
  purposes: {
    data: 'Wonach Sie Parley fragen können: eigene Dateien und Datenbanken und die Beispiele.',
    schema: 'Tabellen und Spalten der gewählten Daten. Was Sie dazu schreiben, hilft beim Finden.',
    knowledge: 'Was Parley über die Daten hinaus wissen soll: Texte, Begriffe, bestätigtes SQL.',
    generators: 'Was das SQL schreibt, ob es bereit ist, und zwei davon nebeneinander.',
    models: 'Das lokale Modell, seine möglichen Adapter, und welcher in Gebrauch ist.',
    reports:
      'Wie oft die Antworten stimmen und wie das Training lief: Auswertungen und Trainingsläufe als Bilder.',
  },
  notLoaded: 'Dieser Bereich konnte nicht geladen werden.',
  again: 'Noch einmal',
}
