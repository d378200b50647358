// As much of JSON Schema as our own schemas use, to hold what we write against what we promise.

#pragma once

#include <boost/json.hpp>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <iterator>
#include <regex>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace newswired::test {

class JsonSchema {
  public:
    explicit JsonSchema(std::string const& file) {
        std::ifstream in{file, std::ios::binary};
        if (!in) {
            throw std::runtime_error{"can't read " + file};
        }
        schema_ = boost::json::parse(std::string{std::istreambuf_iterator<char>{in}, {}});
    }

    /// What is wrong with `value`, as "path: what"; empty when it is as the schema says.
    std::vector<std::string> complaints(boost::json::value const& value) const {
        std::vector<std::string> all;
        check(schema_.as_object(), value, "$", all);
        return all;
    }

  private:
    using Object = boost::json::object;
    using Value = boost::json::value;
    using Complaints = std::vector<std::string>;

    static bool is_of_type(Value const& value, std::string_view type) {
        auto const number = value.is_number();
        return (type == "object" && value.is_object()) || (type == "array" && value.is_array()) ||
               (type == "string" && value.is_string()) || (type == "boolean" && value.is_bool()) ||
               (type == "null" && value.is_null()) || (type == "number" && number) ||
               (type == "integer" && number &&
                std::floor(value.to_number<double>()) == value.to_number<double>());
    }

    static bool fits_type(Value const& types, Value const& value) {
        if (types.is_string()) {
            return is_of_type(value, types.as_string());
        }
        auto const& all = types.as_array();
        return std::any_of(all.begin(), all.end(),
                           [&](Value const& type) { return is_of_type(value, type.as_string()); });
    }

    static bool fits(Object const& schema, Value const& value) {
        Complaints all;
        check(schema, value, "", all);
        return all.empty();
    }

    static void check(Object const& schema, Value const& value, std::string const& path, Complaints& all) {
        for (auto const& [keyword, rule] : schema) {
            if (!check_one(keyword, rule, value, path, all)) {
                all.push_back(path + ": " + std::string{keyword} + " " + serialize(rule) + " is not so for " +
                              serialize(value));
            }
        }
        check_members(schema, value, path, all);
        check_condition(schema, value, path, all);
    }

    /// Keywords that stand for themselves; the others say nothing here.
    static bool check_one(std::string_view keyword, Value const& rule, Value const& value,
                          std::string const& path, Complaints& all) {
        if (keyword == "type") {
            return fits_type(rule, value);
        }
        if (keyword == "const") {
            return value == rule;
        }
        if (keyword == "enum") {
            auto const& choices = rule.as_array();
            return std::find(choices.begin(), choices.end(), value) != choices.end();
        }
        if (keyword == "pattern" && value.is_string()) {
            return std::regex_search(std::string{value.as_string()},
                                     std::regex{std::string{rule.as_string()}});
        }
        if (keyword == "minimum" && value.is_number()) {
            return value.to_number<double>() >= rule.to_number<double>();
        }
        if (keyword == "minLength" && value.is_string()) {
            return value.as_string().size() >= rule.to_number<std::size_t>();
        }
        if (keyword == "anyOf") {
            auto const& choices = rule.as_array();
            return std::any_of(choices.begin(), choices.end(),
                               [&](Value const& choice) { return fits(choice.as_object(), value); });
        }
        if (keyword == "allOf") {
            for (auto const& part : rule.as_array()) {
                check(part.as_object(), value, path, all);
            }
        }
        if (keyword == "items" && value.is_array()) {
            for (auto const& item : value.as_array()) {
                check(rule.as_object(), item, path + "[]", all);
            }
        }
        return true;
    }

    static void check_members(Object const& schema, Value const& value, std::string const& path,
                              Complaints& all) {
        if (!value.is_object()) {
            return;
        }
        auto const& object = value.as_object();
        if (auto const* required = schema.if_contains("required")) {
            for (auto const& name : required->as_array()) {
                if (!object.contains(name.as_string())) {
                    all.push_back(path + ": " + std::string{name.as_string()} + " is missing");
                }
            }
        }
        auto const* properties = schema.if_contains("properties");
        auto const* others = schema.if_contains("additionalProperties");
        for (auto const& [name, member] : object) {
            auto const inner = path + "." + std::string{name};
            auto const* known = properties != nullptr ? properties->as_object().if_contains(name) : nullptr;
            if (known != nullptr) {
                check(known->as_object(), member, inner, all);
            } else if (others != nullptr && others->is_object()) {
                check(others->as_object(), member, inner, all);
            }
        }
    }

    static void check_condition(Object const& schema, Value const& value, std::string const& path,
                                Complaints& all) {
        auto const* condition = schema.if_contains("if");
        if (condition != nullptr && fits(condition->as_object(), value)) {
            check(schema.at("then").as_object(), value, path, all);
        }
    }

    Value schema_;
};

}  // namespace newswired::test
