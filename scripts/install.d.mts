/** What npm says where it cannot reach the registry. */
export declare const unreachable: RegExp;
