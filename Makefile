# What people run. `make` alone explains itself.

SWIFT ?= swift
PREFIX ?= /usr/local
DESTDIR ?=
# `make soak MINUTES=60`
MINUTES ?= 5
# Fresh seeds a property test: `make fuzz SEEDS=20`
SEEDS ?= 3
# `make bench ARGS='--rounds 3 vcf'`
ARGS ?=

# Binaries that need no Swift on the machine that they are copied to, only the C libraries of Scripts/setup, which they look
# for where the system has them; what the loader fills in is read-only from the start.
RELEASE = -c release --static-swift-stdlib --disable-local-rpath -Xlinker -z -Xlinker now

.DEFAULT_GOAL := help
.PHONY: help setup build demo test fuzz lint tsan asan soak bench bench-table bench-loops thresholds integration many install clean
.PHONY: beacon uninstall tarball deb release-check

help: ## this list
	@echo 'Apus: make TARGET'
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  \1|\2/p' $(firstword $(MAKEFILE_LIST)) | column -t -s '|' 2>/dev/null \
	  || sed -n 's/^\([a-z-]*\):.*## \(.*\)/  \1: \2/p' $(firstword $(MAKEFILE_LIST))

setup: ## install the system packages that are missing (Debian, Ubuntu)
	@Scripts/setup

build: setup ## build the release binary, .build/release/apus
	$(SWIFT) build $(RELEASE) --product apus

demo: build ## run the main job on TestData/ and say where its reports are
	@Scripts/demo

test: ## lint, every test, and thread sanitizer on Batching
	@Scripts/setup --tests
	@Scripts/test

fuzz: ## the tests of the main package with fresh seeds (SEEDS=3 of them), each printed
	@Scripts/setup --tests
	@APUS_TEST_SEEDS=$(SEEDS) Scripts/test apus

lint: ## check the format of every Swift file in the repository
	@Scripts/test lint

tsan: ## thread sanitizer on Batching alone
	@Scripts/test tsan

asan: ## address sanitizer on the parsers' damaged and hostile inputs
	@Scripts/setup --tests
	@Scripts/test asan

soak: build ## run under faults for MINUTES=5: full disk, read errors, kills, stalls, no descriptors
	@Scripts/soak --minutes $(MINUTES)

bench: ## run Apus and its peers side by side (ARGS='--help' for sizes and rounds)
	@Scripts/setup --bench
	@Scripts/bench $(ARGS)

bench-table: ## put the table of Benchmarks/bench.json (BENCH=FILE for another) into the README
	@Scripts/bench --table '$(or $(BENCH),Benchmarks/bench.json)' --update README.md

bench-loops: ## time the hot loops with ordo-one/benchmark (ARGS='baseline update before')
	@APUS_ONLY=Timing $(SWIFT) package --package-path Benchmarks --allow-writing-to-package-directory benchmark $(ARGS)

thresholds: ## count the hot loops' instructions against the committed ones, and find planted regressions of 20 %
	@Scripts/setup --thresholds
	@Scripts/bench --check --prove $(ARGS)

integration: build ## the Snakemake workflow on a Slurm of one node, end to end
	@Scripts/setup --integration
	@Scripts/integration $(ARGS)

many: build ## 1,000 small cases in one run: memory, descriptors and time (ARGS=N for another number)
	@Scripts/setup --integration
	@Scripts/integration --soak $(or $(ARGS),1000)

beacon: setup ## build the web service too, .build/release/apus-beacon
	$(SWIFT) build $(RELEASE) --product apus-beacon

install: build ## install apus, its manual pages and completions, and apus-beacon if built, to $(DESTDIR)$(PREFIX)
	@Scripts/Release/install '$(DESTDIR)' '$(PREFIX)'

uninstall: ## remove what make install put under $(DESTDIR)$(PREFIX)
	@Scripts/Release/install --remove '$(DESTDIR)' '$(PREFIX)'

tarball: build ## pack binary, pages, documents and bill of materials: .build/dist
	@Scripts/Release/tarball

deb: build ## Debian packages, with what they depend on: .build/dist
	@Scripts/Release/deb

release-check: ## what has to hold before a version is released, and its packages, tried out
	@Scripts/Release/check

clean: ## remove everything that was built, and demo/
	rm -rf .build .build-tsan .build-asan .build-workloads .build-integration Benchmarks/.build demo
