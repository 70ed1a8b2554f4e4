import type { JsonObject } from '../json.ts';

/** A solution as ListSolutions returns it, without catalog and ARN. */
export type Solution = JsonObject & {
  Id: string;
  Name: string;
  Status: string;
  Category: string;
  CreatedDate: string;
};

const solution = (
  Id: string,
  Name: string,
  Status: string,
  Category: string,
  CreatedDate: string,
): Solution => ({
  Id,
  Name,
  Status,
  Category,
  CreatedDate,
  AwsMarketplaceSolutionArn: null,
});

/** The partner's solutions. AWS's Sandbox has S-1234567 for every partner. */
export const solutions: readonly Solution[] = [
  solution('S-1234567', 'Sandbox Solution', 'Active', 'Software Product', '2023-02-01T09:00:00Z'),
  solution('S-0051201', 'Tidegate Data Platform', 'Active', 'Software Product', '2023-05-11T10:30:00Z'),
  solution('S-0051202', 'Landing Zone in Ten Days', 'Active', 'Consulting Service', '2023-09-27T14:05:00Z'),
  solution('S-0051203', 'Mainframe Exit', 'Active', 'Managed Service', '2024-01-16T08:45:00Z'),
  solution('S-0051204', 'Contact Center Starter', 'Inactive', 'Software Product', '2022-11-03T11:20:00Z'),
  solution('S-0051205', 'Sovereign Backup', 'Draft', 'Managed Service', '2025-06-19T16:10:00Z'),
];

export const solutionOf = (id: string): Solution | undefined => solutions.find((one) => one.Id === id);
