import type { JsonObject } from '../json.ts';
import { defaultPartner } from '../partners.ts';

/** A solution as ListSolutions returns it, without catalog and ARN. */
export type Solution = JsonObject & {
  Id: string;
  Name: string;
  Status: 'Active' | 'Inactive' | 'Draft';
  Category: string;
  CreatedDate: string;
  AwsMarketplaceSolutionArn: string | null;
};

const listing = (name: string): string =>
  `arn:aws:aws-marketplace:us-east-1:${defaultPartner.accountId}:AWSMarketplace/Solution/soln-${name}`;

const solution = (
  Id: string,
  Name: string,
  Status: Solution['Status'],
  Category: string,
  CreatedDate: string,
  listed?: string,
): Solution => ({
  Id,
  Name,
  Status,
  Category,
  CreatedDate,
  AwsMarketplaceSolutionArn: listed === undefined ? null : listing(listed),
});

const [software, consulting, managed, training, resale] = [
  'Software Product',
  'Consulting Service',
  'Managed Service',
  'Training Service',
  'Value-Added Resale AWS Service',
];

/** AWS's Sandbox has this solution for every partner. */
const sandboxSolution = solution('S-1234567', 'Sandbox Solution', 'Active', software, '2023-02-01T09:00:00Z');

/** The portfolio of the default partner: every category and status, with and without a listing in AWS Marketplace. */
const portfolio: readonly Solution[] = [
  sandboxSolution,
  solution('S-0051201', 'Tidegate Data Platform', 'Active', software, '2023-05-11T10:30:00Z', 'tidegate'),
  solution('S-0051202', 'Landing Zone in Ten Days', 'Active', consulting, '2023-09-27T14:05:00Z'),
  solution('S-0051203', 'Mainframe Exit', 'Active', managed, '2024-01-16T08:45:00Z', 'mainframe-exit'),
  solution('S-0051204', 'Contact Center Starter', 'Inactive', software, '2022-11-03T11:20:00Z', 'starter'),
  solution('S-0051205', 'Sovereign Backup', 'Draft', managed, '2025-06-19T16:10:00Z'),
  solution('S-0051206', 'Harbour Sensor Gateway', 'Active', 'Hardware Product', '2024-02-08T13:00:00Z'),
  solution(
    'S-0051207',
    'Branch Office Calling',
    'Active',
    'Communications Product',
    '2024-03-21T09:15:00Z',
    'calling',
  ),
  solution(
    'S-0051208',
    'Migration Readiness Review',
    'Active',
    'Professional Service',
    '2024-04-30T15:40:00Z',
  ),
  solution('S-0051209', 'Night Watch Operations', 'Active', managed, '2024-05-17T07:55:00Z', 'night-watch'),
  solution('S-0051210', 'Cloud Resale with Care', 'Active', resale, '2024-06-12T12:25:00Z'),
  solution(
    'S-0051211',
    'Partner Distribution Desk',
    'Active',
    'Distribution Service',
    '2024-07-02T10:05:00Z',
  ),
  solution('S-0051212', 'Builder Bootcamp', 'Active', training, '2024-08-26T08:30:00Z'),
  solution(
    'S-0051213',
    'Carve-out Technology Advice',
    'Active',
    'Merger and Acquisition Advising Service',
    '2024-09-09T14:50:00Z',
  ),
  solution('S-0051214', 'Fraud Signals', 'Active', software, '2024-10-15T11:10:00Z', 'fraud-signals'),
  solution('S-0051215', 'Cold Chain Monitor', 'Active', software, '2024-11-28T16:35:00Z', 'cold-chain'),
  solution('S-0051216', 'Oracle Exit Workshop', 'Inactive', consulting, '2022-06-07T09:45:00Z'),
  solution('S-0051217', 'Report Factory', 'Inactive', software, '2022-08-18T13:20:00Z'),
  solution('S-0051218', 'Agents for Service Desks', 'Draft', software, '2025-09-04T10:00:00Z', 'agents'),
  solution('S-0051219', 'Security Baseline', 'Active', consulting, '2025-01-23T08:15:00Z'),
  solution('S-0051220', 'Well-Governed Lake', 'Active', consulting, '2025-02-13T15:05:00Z'),
  solution('S-0051221', 'Grid Forecasts', 'Active', software, '2025-03-27T12:40:00Z', 'grid-forecasts'),
];

/** The solutions of a partner account, the same in both catalogs. */
export const solutionsOf = (accountId: string): readonly Solution[] =>
  accountId === defaultPartner.accountId ? portfolio : [sandboxSolution];
