#include "storage/key_index.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace newswired::storage {
namespace {

class KeyIndexTest : public testing::Test {
  protected:
    void add(std::string const& key) {
        index_.add(key, keys_.size());
        keys_.push_back(key);
    }
    std::optional<std::size_t> find(std::string const& key) const {
        return index_.find(key, [this](std::size_t place) -> std::string_view { return keys_[place]; });
    }

    std::vector<std::string> keys_;
    KeyIndex index_;
};

TEST_F(KeyIndexTest, FindsNothingBeforeThereIsSomething) {
    EXPECT_FALSE(find("one"));
    EXPECT_FALSE(find(""));
}

TEST_F(KeyIndexTest, FindsEachOfManyAndNothingElse) {
    constexpr std::size_t kCount = 5000;
    for (std::size_t i = 0; i < kCount; ++i) {
        add("key " + std::to_string(i));
    }

    for (std::size_t i = 0; i < kCount; ++i) {
        ASSERT_EQ(find("key " + std::to_string(i)), i);
        ASSERT_FALSE(find("kay " + std::to_string(i)));
    }
}

TEST_F(KeyIndexTest, FindsTheFirstOfTwoThatAreTheSame) {
    add("same");
    add("other");
    add("same");

    EXPECT_EQ(find("same"), 0u);
}

TEST_F(KeyIndexTest, KeepsWhatItHasWhenRoomIsMade) {
    add("one");
    index_.reserve(10'000);
    index_.reserve(1);

    EXPECT_EQ(find("one"), 0u);
}

}  // namespace
}  // namespace newswired::storage
