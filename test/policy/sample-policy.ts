/** A sound policy to break: each test replaces one piece of it. */
export const basePolicy = `apiVersion: sealcheck/v1
id: secretsmanager-test
title: Test
severity: medium
description: Why.
resource: AWS::SecretsManager::Secret
sources: [aws]
params:
  maxDays: { type: int, default: 90, minimum: 1, maximum: 1000, description: In days. }
exclude:
  - if: resource.isReplica
    reason: judged at its primary
when: resource.rotation.enabled && has(resource.rotation.schedule)
assert:
  - that: resource.rotation.schedule.intervalDays <= params.maxDays
    message: "{{ resource.name }} may wait {{ resource.rotation.schedule.intervalDays }} days"
    locate: resource.rotation.schedule.intervalDays
remediation:
  text: Do it.
tests:
  - name: exactly
    resource: { name: a, isReplica: false, rotation: { enabled: true, schedule: { intervalHours: 2160, intervalDays: 90 } } }
    expect: pass
  - name: too long
    resource: { name: a, isReplica: false, rotation: { enabled: true, schedule: { intervalHours: 2184, intervalDays: 91 } } }
    expect: fail
  - name: from a variable
    resource: { name: a, isReplica: false, rotation: { enabled: true, schedule: { intervalDays: { $unknown: known-after-apply } } } }
    expect: unknown
`;

/** The sound policy with one piece replaced; throws when the piece is not there. */
export function withText(piece: string, replacement: string, policy: string = basePolicy): string {
  if (!policy.includes(piece)) throw new Error(`no ${piece} in the policy`);
  return policy.replace(piece, () => replacement);
}
