#include "cli/command_line.hpp"

#include "cli/usage.hpp"

#include <CLI/CLI.hpp>

#include <utility>

namespace newswired::cli {
namespace {

constexpr int kUsageError = 64;  // EX_USAGE of sysexits.h

}  // namespace

Command Command::add_command(std::string const& name, std::string const& help) {
    return {*app_->add_subcommand(name, help), *exit_code_};
}

void Command::needs_command() {
    app_->require_subcommand(1);
}

std::shared_ptr<std::string> Command::add_text(std::string const& name, std::string const& help) {
    auto value = std::make_shared<std::string>();
    app_->add_option_function<std::string>(
        name, [value](std::string const& text) { *value = text; }, help);
    return value;
}

std::shared_ptr<std::string> Command::add_needed_text(std::string const& name, std::string const& help) {
    auto value = add_text(name, help);
    app_->get_option(name)->required();
    return value;
}

std::shared_ptr<std::string> Command::add_text_with_default(std::string const& name, std::string const& value,
                                                            std::string const& help) {
    auto shared = add_text(name, help);
    *shared = value;
    app_->get_option(name)->default_str(value);
    return shared;
}

std::shared_ptr<std::vector<std::string>> Command::add_texts(std::string const& name,
                                                             std::string const& help) {
    auto values = std::make_shared<std::vector<std::string>>();
    app_->add_option_function<std::vector<std::string>>(
        name, [values](std::vector<std::string> const& texts) { *values = texts; }, help);
    return values;
}

std::shared_ptr<bool> Command::add_flag(std::string const& name, std::string const& help) {
    auto value = std::make_shared<bool>(false);
    app_->add_flag_callback(
        name, [value] { *value = true; }, help);
    return value;
}

void Command::exclude(std::string const& name, std::initializer_list<char const*> others) {
    for (auto const* other : others) {
        app_->get_option(name)->excludes(app_->get_option(other));
    }
}

void Command::does(std::function<int()> action) {
    app_->callback([action = std::move(action), exit_code = exit_code_] { *exit_code = action(); });
}

void refuse_without(std::string const& name) {
    throw CLI::RequiredError(name);
}

int run_program(int count, char** arguments, std::function<void(Command&)> const& add_commands) {
    CLI::App program{"newswired: polls feeds, cleans what it finds, and emits each article once"};
    program.name("newswired");
    program.set_version_flag("--version", "newswired " NEWSWIRED_VERSION);
    program.failure_message(usage_complaint);
    int exit_code = 0;
    Command root{program, exit_code};
    root.needs_command();
    add_commands(root);
    try {
        program.parse(count, arguments);
    } catch (CLI::ParseError const& error) {
        return program.exit(error) == 0 ? 0 : kUsageError;
    }
    return exit_code;
}

}  // namespace newswired::cli
