/** The hospital's appointments and what was prescribed at them, day by day. */
import type { Random } from '../../random.js'
import { partsOf } from '../calendar.js'
import { between, countAround, indexByWeight, longTail, roundTo, zipfWeights } from '../skew.js'
import { DEPARTMENTS, type Department } from './departments.js'
import { type Doctor, FIRST_DAY, LAST_DAY, type Patient } from './doctors-and-patients.js'

export interface Practice {
  readonly doctors: readonly Doctor[]
  readonly patients: readonly Patient[]
  /** Filled while the appointments are drawn. */
  readonly prescriptions: (readonly (string | number)[])[]
}

interface Visit {
  readonly patient: Patient
  readonly doctor: Doctor
  readonly department: Department
  readonly type: 'first visit' | 'follow-up' | 'check-up' | 'emergency'
  readonly day: number
}

const VISITS_A_DAY = 40
const YEARLY_GROWTH = 1.07
/** Sunday first: at the weekend only emergencies come. */
const WEEK = [0.12, 1.25, 1.15, 1.1, 1.1, 1, 0.2]
const CHILD_YEARS = 16
const CANCELLED_PERCENT = 9
/** Of those who have insurance and who have none. */
const NO_SHOW_PERCENT = [6, 13] as const
const CHECK_UP_PERCENT = 18
const NO_DIAGNOSIS_PERCENT = 11
/** Of 0, 1, 2, 3 medicines. */
const MEDICINES = [38, 38, 17, 7]
const DAYS_OF_SUPPLY = [5, 7, 10, 14, 28, 30, 90]
const REFILLS = [62, 18, 10, 10]
const UNINSURED_DISCOUNT = 0.85
/** January first of the second of the years sees everything become dearer by so much. */
const YEARLY_PRICES = 1.04

/** Yields the rows of the appointments; their prescriptions are left in the practice. */
export function* seePatients(practice: Practice, random: Random) {
  const attend = doctorOf(practice.doctors)
  const come = patientOf(practice.patients)
  const seen = new Set<string>()
  let id = 0
  for (let day = FIRST_DAY; day <= LAST_DAY; day += 1) {
    const weights = DEPARTMENTS.map(
      ({ demand, season }) => demand * season[partsOf(day).month - 1]!,
    )
    for (let left = countAround(visitsOn(day), random); left > 0; left -= 1) {
      const place = random.weighted(weights)
      const department = DEPARTMENTS[place]!
      const patient = come(day, department.name === 'Pediatrics', random)
      const doctor = attend(place, day, random)
      const known = `${patient.id} ${place}`
      const type = visitType(department, day, seen.has(known), random)
      seen.add(known)
      id += 1
      yield appointmentRow(id, { patient, doctor, department, type, day }, practice, random)
    }
  }
}

function visitsOn(day: number): number {
  return VISITS_A_DAY * YEARLY_GROWTH ** ((day - FIRST_DAY) / 365) * WEEK[partsOf(day).weekday]!
}

/** Draws a doctor who works there that day; those named first see most patients. */
function doctorOf(doctors: readonly Doctor[]) {
  const teams = DEPARTMENTS.map((_, place) =>
    doctors.filter(({ department }) => department === place),
  )
  return (place: number, day: number, random: Random): Doctor => {
    const team = teams[place]!.filter(
      ({ hired, left }) => hired <= day && (left ?? LAST_DAY) >= day,
    )
    return team[random.weighted(zipfWeights(team.length, 0.5))]!
  }
}

/** Draws a child or a grown-up who is registered; some come again and again. */
function patientOf(patients: readonly Patient[]) {
  const tries = 60
  let registered = 0
  return (day: number, isChild: boolean, random: Random): Patient => {
    while (registered < patients.length && patients[registered]!.registered <= day) registered += 1
    let fallback: Patient | undefined
    for (let left = tries; left > 0 || !fallback; left -= 1) {
      const drawn = patients[Math.floor(random.fraction() * registered)]!
      if ((day - drawn.born) / 365.25 < CHILD_YEARS !== isChild) continue
      if (random.fraction() < drawn.need) return drawn
      fallback ??= drawn
    }
    return fallback
  }
}

function visitType(
  { emergencyPercent }: Department,
  day: number,
  isKnown: boolean,
  random: Random,
): Visit['type'] {
  const weekend = [0, 6].includes(partsOf(day).weekday)
  if (weekend || random.chance(emergencyPercent)) return 'emergency'
  if (random.chance(CHECK_UP_PERCENT)) return 'check-up'
  return isKnown ? 'follow-up' : 'first visit'
}

function appointmentRow(id: number, visit: Visit, practice: Practice, random: Random) {
  const { patient, doctor, type, day } = visit
  const emergency = type === 'emergency'
  const quarter = emergency ? random.integer(0, 95) : random.integer(32, 70)
  const who = [id, patient.id, doctor.id, day * 86_400 + quarter * 900, type]
  const status = emergency ? 'completed' : attendance(patient, random)
  if (status !== 'completed') return [...who, status, null, null, null, null]
  const wait = Math.floor(longTail(emergency ? 34 : 13, 0.7, random))
  const minutes = between(5, roundTo(5, longTail(emergency ? 40 : 20, 0.4, random)), 180)
  return [...who, status, wait, minutes, ...treat(id, visit, minutes, practice, random)]
}

function attendance({ insured }: Patient, random: Random): string {
  if (random.chance(CANCELLED_PERCENT)) return 'cancelled'
  return random.chance(NO_SHOW_PERCENT[insured ? 0 : 1]) ? 'no-show' : 'completed'
}

/** The finding and the bill; what is prescribed goes to the practice. */
function treat(id: number, visit: Visit, minutes: number, practice: Practice, random: Random) {
  const { patient, doctor, department, type, day } = visit
  const { diagnoses } = department
  const found = type === 'check-up' ? random.chance(45) : !random.chance(NO_DIAGNOSIS_PERCENT)
  const common = zipfWeights(diagnoses.length, 1)
  const diagnosis = found ? diagnoses[random.weighted(common)]! : null
  if (found) prescribe(id, department, practice, random)
  const years = partsOf(day).year - partsOf(FIRST_DAY).year
  const surcharge = type === 'emergency' ? 1.6 : 1
  const fee = doctor.feeCents * surcharge * YEARLY_PRICES ** years + minutes * 120
  return [diagnosis, Math.round(fee * (patient.insured ? 1 : UNINSURED_DISCOUNT))]
}

const medicines = indexByWeight(MEDICINES)

function prescribe(
  appointment: number,
  { medications, medicationCost }: Department,
  { prescriptions }: Practice,
  random: Random,
): void {
  const common = zipfWeights(medications.length, 0.9)
  const drawn = new Set(Array.from({ length: medicines(random) }, () => random.weighted(common)))
  for (const place of drawn) {
    const [name, milligrams] = medications[place]!
    const days = random.pick(DAYS_OF_SUPPLY)
    const cents = Math.round(100 * longTail(medicationCost, 0.5, random) * (days / 14) ** 0.6)
    const refills = random.weighted(REFILLS)
    prescriptions.push([
      prescriptions.length + 1,
      appointment,
      name,
      milligrams,
      days,
      refills,
      cents,
    ])
  }
}
