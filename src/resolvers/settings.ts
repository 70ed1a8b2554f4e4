import { settingsConstraints } from '../domain/constraints.ts';
import { checkConstraints } from '../domain/validation.ts';
import type { Violation } from '../domain/violation.ts';
import type { SettingsPayload, SettingsResult } from './models.ts';
import { runMutation } from './mutation.ts';
import type { Resolvers } from './types.generated.ts';

const field = 'resourceSnapshotJobRole';

/** An input without a role would remove the one that is set, which only an explicit null may do. */
const roleMissing: Violation = {
  path: [field],
  field,
  code: 'REQUIRED_FIELD_MISSING',
  message: 'Resource snapshot job role is required; null removes the role that is set.',
};

export const resolvers: Resolvers = {
  Query: {
    sellingSystemSettings: (_root, _args, { related }) => related.settings(),
  },

  Mutation: {
    putSellingSystemSettings: (_root, { input }, { records, related }, info): Promise<SettingsPayload> =>
      runMutation<SettingsResult>(info, {
        input: { type: 'PutSellingSystemSettingsInput', value: input, path: ['input'] },
        unchanged: { sellingSystemSettings: null },
        check: () =>
          input.resourceSnapshotJobRole === undefined
            ? [roleMissing]
            : checkConstraints(input, settingsConstraints),
        async execute() {
          const role = input.resourceSnapshotJobRole;
          // AWS removes the role if a request names none.
          const request = role ? { resourceSnapshotJobRoleIdentifier: role } : {};
          try {
            const sellingSystemSettings = await records.write('PutSellingSystemSettings', request);
            related.noteSettings(sellingSystemSettings);
            return { sellingSystemSettings };
          } catch (error) {
            // They may be stored all the same.
            related.forgetSettings();
            throw error;
          }
        },
      }),
  },
};
