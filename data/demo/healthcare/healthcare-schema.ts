/** The tables of the hospital, in an order that satisfies their foreign keys. */
import type { DemoTable } from '../demo-table.js'

export const HEALTHCARE_TABLES: readonly DemoTable[] = [
  {
    name: 'departments',
    comment: 'Departments of the hospital.',
    columns: [
      ['department_id', 'INTEGER PRIMARY KEY', 'Number of the department.'],
      ['department_name', 'VARCHAR NOT NULL', 'What it is called.'],
      ['floor', 'INTEGER NOT NULL', 'Floor of the building; 0 is the ground floor.'],
      ['beds', 'INTEGER NOT NULL', 'Beds for patients who stay; 0 where nobody does.'],
    ],
  },
  {
    name: 'doctors',
    comment: 'Doctors who work or worked here.',
    columns: [
      ['doctor_id', 'INTEGER PRIMARY KEY', 'Number of the doctor.'],
      ['full_name', 'VARCHAR NOT NULL', 'First and last name.'],
      ['department_id', 'INTEGER NOT NULL REFERENCES departments (department_id)', 'Department.'],
      ['seniority', 'VARCHAR NOT NULL', 'resident, specialist or consultant.'],
      ['consultation_fee', 'DECIMAL(8,2) NOT NULL', 'Charged for a visit, in euros.'],
      ['hired_on', 'DATE NOT NULL', 'First day of work.'],
      ['left_on', 'DATE', 'Last day of work; missing for those who stay.'],
    ],
  },
  {
    name: 'patients',
    comment: 'Everybody who was ever registered.',
    columns: [
      ['patient_id', 'INTEGER PRIMARY KEY', 'Number of the patient.'],
      ['full_name', 'VARCHAR NOT NULL', 'First and last name.'],
      ['sex', 'VARCHAR NOT NULL', 'female or male.'],
      ['birth_date', 'DATE NOT NULL', 'Day of birth.'],
      ['city', 'VARCHAR NOT NULL', 'Where the patient lives.'],
      ['blood_type', 'VARCHAR', 'Such as A+; missing where it was never measured.'],
      ['insurer', 'VARCHAR', 'Who pays; missing for patients without insurance.'],
      ['registered_on', 'DATE NOT NULL', 'Day of registration.'],
    ],
  },
  {
    name: 'appointments',
    comment: 'Visits of patients to doctors, whether they took place or not.',
    columns: [
      ['appointment_id', 'INTEGER PRIMARY KEY', 'Number of the appointment.'],
      ['patient_id', 'INTEGER NOT NULL REFERENCES patients (patient_id)', 'Who comes.'],
      ['doctor_id', 'INTEGER NOT NULL REFERENCES doctors (doctor_id)', 'Whom to.'],
      ['scheduled_at', 'TIMESTAMP NOT NULL', 'When it begins.'],
      ['visit_type', 'VARCHAR NOT NULL', 'first visit, follow-up, check-up or emergency.'],
      ['status', 'VARCHAR NOT NULL', 'completed, cancelled or no-show.'],
      ['wait_minutes', 'INTEGER', 'Wait before the doctor came; missing unless completed.'],
      ['duration_minutes', 'INTEGER', 'Length of the visit; missing unless completed.'],
      ['diagnosis', 'VARCHAR', 'Main finding; missing where there was none or no visit.'],
      ['billed_amount', 'DECIMAL(10,2)', 'Charged in euros; missing unless completed.'],
    ],
  },
  {
    name: 'prescriptions',
    comment: 'Medicines prescribed at appointments.',
    columns: [
      ['prescription_id', 'INTEGER PRIMARY KEY', 'Number of the prescription.'],
      [
        'appointment_id',
        'INTEGER NOT NULL REFERENCES appointments (appointment_id)',
        'Appointment it was written at.',
      ],
      ['medication', 'VARCHAR NOT NULL', 'Name of the medicine.'],
      ['dose_mg', 'INTEGER NOT NULL', 'Milligrams of one dose.'],
      ['days_supply', 'INTEGER NOT NULL', 'Days it lasts.'],
      ['refills', 'INTEGER NOT NULL', 'How often it may be filled again.'],
      ['cost', 'DECIMAL(8,2) NOT NULL', 'Price in euros.'],
    ],
  },
]
