import { ownKey } from '../engagements/store.ts';
import { ApiError } from '../errors.ts';
import { asString, type JsonObject } from '../json.ts';
import type { Operation } from '../operation.ts';
import { getSettingsRequest, putSettingsRequest } from '../shapes/engagement-requests.ts';
import type { PartnerState } from '../state.ts';

/** Returns the role that the calling account's snapshot jobs assume. */
export const getSellingSystemSettings: Operation = {
  request: getSettingsRequest,
  kind: 'read',
  run: (input, state) => settingsOf(String(input.Catalog), state),
};

/** Sets the role that snapshot jobs assume, by name or ARN; a request without one removes it. */
export const putSellingSystemSettings: Operation = {
  request: putSettingsRequest,
  kind: 'write',
  run(input, state) {
    const { accountId, engagements } = state;
    const catalog = String(input.Catalog);
    const role = asString(input.ResourceSnapshotJobRoleIdentifier);
    const own = `arn:aws:iam::${accountId}:role/`;
    if (role?.startsWith('arn:') && !role.startsWith(own))
      throw new ApiError('AccessDeniedException', `The account ${accountId} may not pass the role ${role}`);
    if (role === undefined) engagements.jobRoles.delete(ownKey(accountId, catalog));
    else engagements.jobRoles.set(ownKey(accountId, catalog), role.startsWith(own) ? role : own + role);
    return settingsOf(catalog, state);
  },
};

const settingsOf = (Catalog: string, { accountId, engagements }: PartnerState): JsonObject => ({
  Catalog,
  ResourceSnapshotJobRoleArn: engagements.jobRoles.get(ownKey(accountId, Catalog)) ?? null,
});
