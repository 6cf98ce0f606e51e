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

# One binary that needs no Swift on the machine it is copied to, only the C libraries of Scripts/setup.
RELEASE = -c release --product apus --static-swift-stdlib

.DEFAULT_GOAL := help
.PHONY: help setup build demo test fuzz lint tsan asan soak bench bench-table bench-loops thresholds integration many install clean

help: ## this list
	@echo 'Apus: make TARGET'
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  \1|\2/p' $(firstword $(MAKEFILE_LIST)) | column -t -s '|' 2>/dev/null \
	  || sed -n 's/^\([a-z-]*\):.*## \(.*\)/  \1: \2/p' $(firstword $(MAKEFILE_LIST))

setup: ## install the system packages that are missing (Debian, Ubuntu)
	@Scripts/setup

build: setup ## build the release binary, .build/release/apus
	$(SWIFT) build $(RELEASE)

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

install: build ## install the one binary to $(DESTDIR)$(PREFIX)/bin
	install -d '$(DESTDIR)$(PREFIX)/bin'
	install -m 755 .build/release/apus '$(DESTDIR)$(PREFIX)/bin/apus'

clean: ## remove everything that was built, and demo/
	rm -rf .build .build-tsan .build-asan .build-workloads .build-integration Benchmarks/.build demo
