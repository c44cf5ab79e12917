# Sealcheck in a container: docker build -t sealcheck . && docker run --rm --read-only --tmpfs /tmp sealcheck scan --aws
# The tags are exact; whoever publishes an image should pin them by digest as well.

FROM node:22.20.0-bookworm-slim AS build
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
COPY LICENSE README.md CHANGELOG.md tsconfig.json tsconfig.build.json ./
COPY frameworks ./frameworks
COPY policies ./policies
COPY schemas ./schemas
COPY scripts ./scripts
COPY src ./src
RUN npm rebuild esbuild && npm run build && npm pack --ignore-scripts --pack-destination /tmp
# What npm would publish, with the dependencies that the lock names.
RUN mkdir /app && tar -xzf /tmp/sealcheck-*.tgz -C /app --strip-components=1 && cp package-lock.json .npmrc /app/ \
  && cd /app && npm ci --omit=dev --ignore-scripts && rm .npmrc package-lock.json

FROM node:22.20.0-bookworm-slim
LABEL org.opencontainers.image.title="sealcheck" \
  org.opencontainers.image.description="Policy-as-code for AWS secrets" \
  org.opencontainers.image.licenses="Apache-2.0"
# Nothing is installed in here any more.
RUN rm -rf /usr/local/lib/node_modules /usr/local/bin/npm /usr/local/bin/npx /usr/local/bin/corepack /usr/local/bin/yarn* /opt/yarn-*
COPY --from=build /app /app
ENV NODE_ENV=production HOME=/tmp
# Inputs and reports are mounted here.
WORKDIR /work
# What the command hears: it ends with what was read, and 130. As process 1 it would not end for SIGTERM at all.
STOPSIGNAL SIGINT
USER 10001:10001
ENTRYPOINT ["node", "/app/dist/cli.js"]
CMD ["--help"]
