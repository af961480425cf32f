/** The hospital's departments: how busy each is, what it finds and what it prescribes. */
import { words } from '../words.js'

export interface Department {
  readonly name: string
  readonly floor: number
  readonly beds: number
  readonly doctors: number
  /** Share of the appointments, relative to the others. */
  readonly demand: number
  /** January first; 1 is usual. */
  readonly season: readonly number[]
  /** Share of visits that come as emergencies, in percent. */
  readonly emergencyPercent: number
  /** Most frequent first. */
  readonly diagnoses: readonly string[]
  /** Most frequent first, each with the milligrams of a dose. */
  readonly medications: readonly (readonly [name: string, milligrams: number])[]
  /** Median cost of a prescription, in euros. */
  readonly medicationCost: number
}

const EVEN = [1, 1, 1, 1, 1, 1, 0.9, 0.85, 1, 1, 1, 0.9]
const FLU = [1.6, 1.5, 1.2, 1, 0.85, 0.75, 0.65, 0.65, 0.9, 1.05, 1.25, 1.45]
const POLLEN = [0.7, 0.8, 1.2, 1.6, 1.6, 1.3, 1, 0.9, 0.9, 0.8, 0.7, 0.6]
const OUTDOORS = [1.2, 1.1, 0.9, 0.9, 1, 1.1, 1.2, 1.2, 1, 0.9, 0.9, 1]

export const DEPARTMENTS: readonly Department[] = [
  department('General Medicine', [1, 60, 14, 27], FLU, 6, 14, [
    'Influenza, Hypertension, Acute bronchitis, Back pain, Type 2 diabetes, Migraine, Fatigue',
    'Paracetamol 500, Amoxicillin 500, Ibuprofen 400, Lisinopril 10, Metformin 850',
  ]),
  department('Cardiology', [3, 40, 9, 13], EVEN, 14, 38, [
    'Hypertension, Atrial fibrillation, Coronary artery disease, Heart failure, Palpitations',
    'Bisoprolol 5, Atorvastatin 20, Ramipril 5, Apixaban 5, Furosemide 40',
  ]),
  department('Pediatrics', [2, 35, 9, 14], FLU, 11, 12, [
    'Upper respiratory infection, Otitis media, Asthma, Gastroenteritis, Eczema',
    'Paracetamol 250, Amoxicillin 250, Salbutamol 2, Cetirizine 5',
  ]),
  department('Orthopedics', [4, 45, 8, 11], OUTDOORS, 17, 21, [
    'Fracture, Osteoarthritis, Ligament injury, Herniated disc, Tendinitis',
    'Ibuprofen 600, Diclofenac 75, Tramadol 50, Calcium 500',
  ]),
  department('Dermatology', [2, 0, 5, 8], POLLEN, 1, 27, [
    'Eczema, Acne, Psoriasis, Contact dermatitis, Melanoma',
    'Cetirizine 10, Doxycycline 100, Methotrexate 10, Isotretinoin 20',
  ]),
  department('Neurology', [5, 28, 6, 6], EVEN, 12, 52, [
    'Migraine, Epilepsy, Stroke, Multiple sclerosis, Parkinson disease',
    'Sumatriptan 50, Levetiracetam 500, Levodopa 100, Topiramate 25',
  ]),
  department('Gynecology', [3, 30, 7, 9], EVEN, 8, 19, [
    'Pregnancy, Endometriosis, Ovarian cyst, Menstrual disorder',
    'Folic acid 5, Ferrous sulfate 200, Estradiol 2, Progesterone 100',
  ]),
  department('Oncology', [6, 38, 6, 4], EVEN, 3, 240, [
    'Breast cancer, Lung cancer, Colorectal cancer, Lymphoma',
    'Tamoxifen 20, Ondansetron 8, Capecitabine 500, Imatinib 400',
  ]),
  department('Ophthalmology', [1, 0, 4, 6], POLLEN, 4, 23, [
    'Conjunctivitis, Cataract, Glaucoma, Dry eye',
    'Latanoprost 1, Timolol 5, Olopatadine 1',
  ]),
  department('Psychiatry', [7, 24, 5, 5], EVEN, 5, 33, [
    'Depression, Anxiety disorder, Sleep disorder, Bipolar disorder',
    'Sertraline 50, Escitalopram 10, Quetiapine 100, Lithium 450',
  ]),
]

function department(
  name: string,
  [floor, beds, doctors, demand]: readonly [number, number, number, number],
  season: readonly number[],
  emergencyPercent: number,
  medicationCost: number,
  [diagnoses, medications]: readonly [string, string],
): Department {
  return {
    name,
    floor,
    beds,
    doctors,
    demand,
    season,
    emergencyPercent,
    medicationCost,
    diagnoses: words(diagnoses),
    medications: words(medications).map((text) => {
      const [, medication = text, milligrams] = /^(.+) (\d+)$/.exec(text) ?? []
      return [medication, Number(milligrams)]
    }),
  }
}
