/** A school: teachers give courses, students enrol in them and get grades. No key is declared. */
export const schoolTables: readonly string[] = [
  'CREATE TABLE teachers (teacher_id INTEGER, teacher_name VARCHAR, subject VARCHAR, hired_on DATE)',
  `INSERT INTO teachers VALUES
    (1, 'Ada Stone', 'Mathematics', '2010-09-01'), (2, 'Bo Lind', 'History', '2015-09-01'),
    (3, 'Cleo Park', 'Biology', '2019-02-01'), (4, 'Dan Wolf', 'Physics', '2021-09-01')`,
  'CREATE TABLE courses (course_id INTEGER, title VARCHAR, teacher_id INTEGER, credits INTEGER, level VARCHAR)',
  `INSERT INTO courses VALUES
    (10, 'Algebra', 1, 6, 'basic'), (11, 'Calculus', 1, 8, 'advanced'),
    (12, 'Ancient Rome', 2, 4, 'basic'), (13, 'Genetics', 3, 8, 'advanced'), (14, 'Botany', 3, 4, 'basic')`,
  'CREATE TABLE students (student_id INTEGER, student_name VARCHAR, city VARCHAR, birth_year INTEGER, email VARCHAR)',
  `INSERT INTO students VALUES
    (100, 'Ewa Nowak', 'Gdansk', 2004, 'ewa@school.example'), (101, 'Finn Olsen', 'Oslo', 2005, 'finn@school.example'),
    (102, 'Gita Rao', 'Oslo', 2003, NULL), (103, 'Hugo Blanc', 'Lyon', 2004, 'hugo@school.example'),
    (104, 'Iris Weber', 'Gdansk', 2005, NULL), (105, 'Jon Berg', 'Oslo', 2004, 'jon@school.example')`,
  `CREATE TABLE enrolments (enrolment_id INTEGER, student_id INTEGER, course_id INTEGER, enrolled_on DATE,
    grade DECIMAL(4, 1), fee DECIMAL(8, 2), result VARCHAR)`,
  `INSERT INTO enrolments VALUES
    (1, 100, 10, '2023-09-04', 8.0, 100, 'passed'), (2, 100, 12, '2023-09-05', 6.0, 80, 'passed'),
    (3, 101, 10, '2023-09-04', 4.0, 100, 'failed'), (4, 101, 10, '2024-02-05', 7.0, 100, 'passed'),
    (5, 102, 11, '2024-02-06', 9.0, 150, 'passed'), (6, 102, 13, '2024-02-06', 5.0, 150, 'failed'),
    (7, 103, 12, '2024-09-02', 9.0, 80, 'passed'), (8, 103, 10, '2024-09-03', 6.0, 110, 'passed'),
    (9, 104, 13, '2024-09-03', 8.0, 160, 'passed'), (10, 100, 11, '2024-09-03', 7.0, 160, 'passed')`,
]
