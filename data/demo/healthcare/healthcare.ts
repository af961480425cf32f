/** A demo: a hospital with its departments, doctors, patients and appointments. */
import { demoDataset } from '../demo-dataset.js'
import { type Practice, seePatients } from './appointments.js'
import { DEPARTMENTS } from './departments.js'
import { createDoctors, createPatients, doctorRow } from './doctors-and-patients.js'
import { HEALTHCARE_TABLES } from './healthcare-schema.js'

export const healthcare = demoDataset({
  name: 'healthcare',
  title: 'Healthcare',
  subject: 'a hospital, 2023 to 2025',
  version: 1,
  seed: 2025,
  tables: HEALTHCARE_TABLES,
  createRows: (random) => {
    const doctors = createDoctors(random)
    const patients = createPatients(random)
    const practice: Practice = { doctors, patients, prescriptions: [] }
    return {
      departments: DEPARTMENTS.map(({ name, floor, beds }, place) => [
        place + 1,
        name,
        floor,
        beds,
      ]),
      doctors: doctors.map(doctorRow),
      patients: patients.map(({ cells }) => cells),
      appointments: seePatients(practice, random),
      prescriptions: practice.prescriptions,
    }
  },
})
