/** Labelled wordings that new questions are compared with by meaning; they name no particular database. */
import type { Intent } from '../answer.js'

type DataIntent = Exclude<Intent, 'follow_up' | 'unclear' | 'unsafe' | 'chit_chat' | 'catalog'>

export const intentExamples: Readonly<Record<DataIntent, readonly string[]>> = {
  metric: [
    'What is the total amount this year?',
    'How many employees do we have?',
    'Average price of an item',
    'How much did we spend in March?',
    'What is the overall revenue?',
    'Number of active users',
  ],
  comparison: [
    'Compare this year with last year',
    'Revenue 2020 versus 2021',
    'Is the north doing better than the south?',
    'Difference between men and women',
    'How does this quarter compare to the previous one?',
  ],
  ranking: [
    'Which team scored the most goals?',
    'Top 10 students by grade',
    'Who are our best clients?',
    'The five cheapest hotels',
    'Worst performing branch',
    'Largest countries by population',
  ],
  trend: [
    'How did visits develop over time?',
    'Monthly revenue trend',
    'Show the number of orders per week',
    'Growth by quarter',
    'Is usage going up or down?',
  ],
  distribution: [
    'Number of flights by airline',
    'How is the population spread over age groups?',
    'Share of each category',
    'Breakdown of costs by department',
    'What percentage of users come from each country?',
  ],
  lookup: [
    'What is the phone number of Anna?',
    'When was the company founded?',
    'Which city is the museum in?',
    'What is the capacity of this stadium?',
  ],
  listing: [
    'List all students',
    'Show the names of the singers',
    'Which pets are older than three?',
    'Give me every concert in 2014',
    'Products that cost more than 100',
    'Employees without a manager',
  ],
}
