pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Jinban
import "../theme"

// Something speaks against the page looked at: take it again, or take it as it is. The person decides.
ColumnLayout {
    id: doubt

    required property MaterialsController materials
    property bool small: false

    spacing: GsTheme.gapSmall

    GsBanner {
        objectName: "doubt"
        Layout.fillWidth: true
        text: doubt.materials.doubt
        action: doubt.small && GsTheme.elder ? "" : doubt.materials.doubtsPaper ? qsTr("看看是不是拿错了。") : qsTr("看看图上的字清不清楚。")
        mood: "warn"
    }
    GsButton {
        objectName: "retakeDoubted"
        Layout.fillWidth: true
        small: doubt.small
        text: doubt.materials.byCamera ? qsTr("重拍") : qsTr("重扫")
        iconName: "refresh"
        onClicked: doubt.materials.retake()
    }
    GsButton {
        objectName: "acceptDoubted"
        Layout.fillWidth: true
        small: doubt.small
        text: qsTr("照样使用")
        iconName: "check"
        onClicked: doubt.materials.accept()
    }
}
