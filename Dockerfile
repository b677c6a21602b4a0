# archlint in a container: docker run --rm -v "$PWD:/work" archlint docs/
FROM rust:1.95-alpine AS build
# The tree-sitter grammar is C.
RUN apk add --no-cache build-base
WORKDIR /archlint
COPY . .
RUN cargo build --release --locked --package archlint

FROM alpine:3.22
# `--since` asks git what changed.
RUN apk add --no-cache git \
    # A mounted work tree belongs to another user. archlint runs no hook and no filter of it.
    && git config --system --add safe.directory '*' \
    && adduser -D archlint
COPY --from=build /archlint/target/release/archlint /usr/local/bin/archlint
USER archlint
WORKDIR /work
ENTRYPOINT ["archlint"]
CMD ["check"]
