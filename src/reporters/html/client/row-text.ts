import { withoutName } from '../../finding-words.ts';
import type { Row } from './rows.ts';

/** The line below the name: the message without the name, which stands above it; the title of the policy where there is none. */
export function rowMessage({ message, policy, name, address }: Pick<Row, 'message' | 'policy' | 'name' | 'address'>): string {
  return message === '' ? policy.title : withoutName(message, { name, address });
}

/** The item beside the name: of an ARN what is behind the last slash or colon, since all begin alike. */
export function rowItem({ item }: Pick<Row, 'item'>): string {
  return item.startsWith('arn:') ? (/[^/:]+$/.exec(item)?.[0] ?? item) : item;
}
