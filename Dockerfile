FROM node:26-slim AS build
WORKDIR /build
COPY package.json tsconfig.json tsconfig.build.json tsconfig.web.json tsconfig.widget.json build.ts ./
RUN npm install --ignore-scripts
COPY src ./src
COPY fixtures/vendors ./fixtures/vendors
COPY prompts ./prompts
RUN npm run prepack && npm pack --ignore-scripts

FROM node:26-slim
ENV NODE_ENV=production PARLEY_HOST=0.0.0.0 PARLEY_HOME=/data
WORKDIR /app
COPY --from=build /build/parley-gateway-*.tgz parley.tgz
RUN npm install --omit=dev --no-save ./parley.tgz && rm parley.tgz \
  && mkdir /data && chown node /data
USER node
VOLUME /data
EXPOSE 8787
HEALTHCHECK --interval=30s CMD node -e "fetch('http://127.0.0.1:8787/readyz').then(r=>process.exit(r.ok?0:1),()=>process.exit(1))"
STOPSIGNAL SIGTERM
CMD ["node_modules/.bin/parley", "start"]
