interface Reach {
  readonly modules: readonly string[];
  readonly in: readonly string[];
}

export declare const layers: Readonly<Record<string, readonly string[]>>;
export declare const apart: string;
export declare const pure: readonly string[];
export declare const computing: readonly string[];
export declare const reach: Readonly<Record<string, Reach>>;
export declare const packages: Readonly<Record<string, readonly string[]>>;
export declare const filesOf: (layer: string) => string;
