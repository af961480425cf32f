/** The tables of the software company, in an order that satisfies their foreign keys. */
import type { DemoTable } from '../demo-table.js'

export const SAAS_TABLES: readonly DemoTable[] = [
  {
    name: 'plans',
    comment: 'What customers can subscribe to.',
    columns: [
      ['plan_id', 'INTEGER PRIMARY KEY', 'Number of the plan, cheapest first.'],
      ['plan_name', 'VARCHAR NOT NULL', 'What the plan is called.'],
      ['seat_price', 'DECIMAL(8,2) NOT NULL', 'Dollars a month for one seat; 0 for the free plan.'],
      ['seat_limit', 'INTEGER', 'Most seats; missing where there is no limit.'],
      ['launched_on', 'DATE NOT NULL', 'First day it could be subscribed to.'],
    ],
  },
  {
    name: 'organizations',
    comment: 'Companies that use the product, for money or for free.',
    columns: [
      ['organization_id', 'INTEGER PRIMARY KEY', 'Number of the organization.'],
      ['organization_name', 'VARCHAR NOT NULL', 'Name of the company.'],
      ['industry', 'VARCHAR NOT NULL', 'What the company does.'],
      ['country', 'VARCHAR NOT NULL', 'Where it is at home.'],
      ['employee_count', 'INTEGER', 'People who work there; missing where unknown.'],
      ['signed_up_on', 'DATE NOT NULL', 'Day it began to use the product.'],
    ],
  },
  {
    name: 'users',
    comment: 'People of the organizations who have a login.',
    columns: [
      ['user_id', 'INTEGER PRIMARY KEY', 'Number of the user.'],
      [
        'organization_id',
        'INTEGER NOT NULL REFERENCES organizations (organization_id)',
        'Organization the user belongs to.',
      ],
      ['full_name', 'VARCHAR NOT NULL', 'First and last name.'],
      ['email', 'VARCHAR NOT NULL', 'E-mail address of the login.'],
      ['role', 'VARCHAR NOT NULL', 'owner, admin, member or viewer.'],
      ['created_on', 'DATE NOT NULL', 'Day the login was made.'],
      ['last_login_on', 'DATE', 'Last day the user was there; missing if never.'],
    ],
  },
  {
    name: 'subscriptions',
    comment: 'Stretches of time in which an organization was on one plan; one after the other.',
    columns: [
      ['subscription_id', 'INTEGER PRIMARY KEY', 'Number of the subscription.'],
      [
        'organization_id',
        'INTEGER NOT NULL REFERENCES organizations (organization_id)',
        'Subscriber.',
      ],
      ['plan_id', 'INTEGER NOT NULL REFERENCES plans (plan_id)', 'Plan subscribed to.'],
      ['status', 'VARCHAR NOT NULL', 'active, changed (to another plan) or cancelled.'],
      ['billing_period', 'VARCHAR NOT NULL', 'monthly or yearly.'],
      ['seats', 'INTEGER NOT NULL', 'Seats paid for.'],
      ['monthly_amount', 'DECIMAL(10,2) NOT NULL', 'Dollars a month (recurring revenue).'],
      ['started_on', 'DATE NOT NULL', 'First day.'],
      ['ended_on', 'DATE', 'Day it ended; missing while it is active.'],
      ['cancel_reason', 'VARCHAR', 'Why it was cancelled; missing unless somebody said so.'],
    ],
  },
  {
    name: 'features',
    comment: 'Parts of the product whose use is counted.',
    columns: [
      ['feature_id', 'INTEGER PRIMARY KEY', 'Number of the feature.'],
      ['feature_name', 'VARCHAR NOT NULL', 'What it is called.'],
      ['module', 'VARCHAR NOT NULL', 'Part of the product it belongs to.'],
      ['plan_id', 'INTEGER NOT NULL REFERENCES plans (plan_id)', 'Cheapest plan that has it.'],
      ['released_on', 'DATE NOT NULL', 'Day it was released.'],
    ],
  },
  {
    name: 'feature_usage',
    comment: 'How much an organization used a feature in a month; no row where it did not.',
    columns: [
      ['usage_id', 'INTEGER PRIMARY KEY', 'Number of the row.'],
      [
        'organization_id',
        'INTEGER NOT NULL REFERENCES organizations (organization_id)',
        'Who used it.',
      ],
      ['feature_id', 'INTEGER NOT NULL REFERENCES features (feature_id)', 'What was used.'],
      ['usage_month', 'DATE NOT NULL', 'First day of the month.'],
      ['active_users', 'INTEGER NOT NULL', 'Users of the organization who used it.'],
      ['event_count', 'INTEGER NOT NULL', 'How often they did.'],
    ],
  },
]
