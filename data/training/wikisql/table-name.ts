/** Names a table of which only the columns are known, as the people who keep it might. */
import { singular } from '../../name-words.js'
import type { Random } from '../../random.js'

/** The first line of which all columns are there, read from the top. */
const themes: readonly (readonly [columns: string, names: string])[] = [
  ['production_code', 'episodes episode tv_episodes episode_guide'],
  ['directed_by written_by', 'episodes episode_list tv_episodes'],
  ['original_air_date', 'episodes episode broadcasts'],
  ['episode', 'episodes shows episode_guide'],
  ['incumbent', 'house_members districts congress_members representatives'],
  ['first_elected', 'representatives members_of_parliament house_members'],
  ['electorate', 'electorates elections'],
  ['vacator', 'vacancies replacements senate_changes'],
  ['candidates', 'elections district_elections contests'],
  ['party votes', 'candidates election_results'],
  ['high_rebounds', 'games basketball_games game_log'],
  ['high_points', 'games basketball_games season_games'],
  ['grid', 'race_results race_entries finishers classification'],
  ['laps', 'race_results races results_by_driver'],
  ['constructor', 'race_entries entries formula_entries'],
  ['chassis', 'race_entries car_entries entries'],
  ['pole_position', 'races grands_prix season_races'],
  ['winning_driver', 'races race_calendar season_races'],
  ['home_team', 'matches fixtures league_matches match'],
  ['tie_no', 'cup_ties fixtures'],
  ['team_1', 'ties cup_ties two_leg_ties'],
  ['visitor', 'games game_log schedule'],
  ['to_par', 'leaderboard golf_scores tournament_scores'],
  ['margin_of_victory', 'golf_wins tournament_wins titles_won'],
  ['surface', 'finals tournament_finals tennis_finals'],
  ['pick_number', 'draft_picks draft draftees'],
  ['pick round', 'draft_picks draft selections'],
  ['pick', 'draft_picks picks draft'],
  ['opponent method', 'fights bouts fight_record'],
  ['opponent week', 'schedule football_games games'],
  ['opponent', 'games matches schedule results'],
  ['gold silver', 'medals medal_table medal_counts'],
  ['medal', 'medalists medal_winners'],
  ['lane', 'heats swimmers race_lanes'],
  ['mascot', 'schools high_schools'],
  ['enrollment', 'schools colleges universities'],
  ['institution', 'institutions colleges member_schools'],
  ['call_sign', 'stations radio_stations broadcasters'],
  ['callsign', 'stations radio_stations'],
  ['branding', 'stations tv_stations'],
  ['network', 'broadcasts networks tv_series'],
  ['channel', 'channels tv_channels'],
  ['iata', 'airports destinations'],
  ['airport', 'airports airport_traffic'],
  ['outgoing_manager', 'manager_changes managers'],
  ['transfer_window', 'transfers player_transfers'],
  ['stadium capacity', 'stadiums grounds'],
  ['capacity', 'stadiums venues'],
  ['school_club_team', 'players roster all_time_roster'],
  ['player position', 'players squad roster'],
  ['player', 'players player_stats player_records'],
  ['rider', 'riders race_results'],
  ['athlete', 'athletes competitors'],
  ['rower', 'rowers crews'],
  ['cyclist', 'cyclists stage_results'],
  ['driver', 'drivers driver_standings'],
  ['drawn', 'standings league_table clubs'],
  ['draws', 'standings league_table season_records'],
  ['wins losses', 'standings team_records season_records'],
  ['points_for', 'standings league_table'],
  ['artist song', 'songs song_list singles'],
  ['song', 'songs tracks performances'],
  ['single', 'singles chart_singles'],
  ['album', 'albums discography'],
  ['label', 'releases album_releases editions'],
  ['artist', 'artists chart_entries'],
  ['original_title', 'films submissions'],
  ['film', 'films movies filmography'],
  ['director', 'films movies productions'],
  ['nominated_work', 'nominations awards'],
  ['award', 'awards award_nominations honours'],
  ['nominee', 'nominees nominations'],
  ['author', 'books publications stories'],
  ['role', 'roles acting_credits'],
  ['character', 'characters cast_members'],
  ['actor', 'cast_members actors'],
  ['locomotive', 'locomotives'],
  ['wheel_arrangement', 'locomotives engines'],
  ['builder', 'locomotives ships built_units'],
  ['ship', 'ships vessels'],
  ['vessel', 'vessels ships'],
  ['aircraft', 'aircraft aircraft_fleet'],
  ['torque', 'engines engine_versions'],
  ['model', 'models product_models'],
  ['processor', 'processors devices'],
  ['manufacturer', 'products machines vehicles'],
  ['population', 'municipalities towns places'],
  ['county', 'counties county_results'],
  ['municipality', 'municipalities'],
  ['province', 'provinces regions'],
  ['village', 'villages'],
  ['station', 'stations'],
  ['floors', 'buildings towers'],
  ['building', 'buildings'],
  ['river', 'rivers'],
  ['mountain', 'mountains'],
  ['latitude', 'places survey_points'],
  ['church', 'churches parishes'],
  ['constellation', 'deep_sky_objects stars'],
  ['species', 'species sightings'],
  ['language', 'languages publications'],
  ['tournament', 'tournaments tournament_results'],
  ['champion', 'champions championships'],
  ['winner runner_up', 'finals championships'],
  ['runner_up', 'finals championships'],
  ['winner', 'winners competitions'],
  ['competition', 'competitions competition_results caps'],
  ['club', 'clubs club_seasons'],
  ['team', 'teams team_results team_seasons'],
  ['season', 'seasons season_summary'],
  ['event', 'events event_results'],
  ['nationality', 'people members'],
  ['country', 'countries country_results'],
  ['nation', 'nations national_results'],
  ['company', 'companies'],
  ['name', 'people entries members'],
  ['title', 'titles works'],
]
const fallbacks =
  'records entries listing results overview annual_results data_sheet register statistics items summary details observations cases log history archive inventory'.split(
    ' ',
  )
/** A column named so says what the rows are. */
const notARow =
  /^(date|year|time|name|title|type|status|notes|result|results|score|total|rank|points|code|number|location|place|no|class|format|position|outcome|period|.*\d.*|.*(ed|ing|ish|ic|al|ese|ian|by|s|i))$/

/** `match` and `matches` in one database would only confuse: `taken` are singular. Undefined when none is left. */
export function tableName(
  columns: readonly string[],
  taken: ReadonlySet<string>,
  random: Random,
): string | undefined {
  const theme = themes.find(([needed]) => needed.split(' ').every((name) => columns.includes(name)))
  const subject = columns.find((name) => !name.includes('_') && !notARow.test(name))
  const own = subject === undefined ? [] : [plural(subject)]
  const choices = [theme ? theme[1].split(' ') : own, fallbacks].map((names) =>
    names.filter((name) => !taken.has(singularTable(name))),
  )
  const names = choices.find((list) => list.length > 0)
  return names && random.pick(names)
}

const unchanged = new Set('series species standings'.split(' '))

/** `album_releases` becomes `album_release`. */
export function singularTable(name: string): string {
  const parts = name.split('_')
  const last = parts.pop() ?? ''
  return [...parts, unchanged.has(last) ? last : singularWord(last)].join('_')
}

function singularWord(word: string): string {
  if (word === 'movies') return 'movie'
  const short = singular(word)
  return /[^s]s$/.test(short) && short !== word ? `${short}e` : short
}

function plural(word: string): string {
  if (/(s|x|z|ch|sh)$/.test(word)) return word.endsWith('s') ? word : `${word}es`
  return /[^aeiou]y$/.test(word) ? `${word.slice(0, -1)}ies` : `${word}s`
}
